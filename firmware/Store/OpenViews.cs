namespace MailAppliance.Store
{
    /// <summary>The POP3 slots' views: who sees which message now.</summary>
    internal sealed class OpenViews
    {
        private readonly MaildropView[] _views;
        private int _count;

        internal OpenViews(int slots)
        {
            _views = new MaildropView[slots];
        }

        internal void Add(MaildropView view)
        {
            _views[_count] = view;
            _count++;
        }

        /// <summary>Whether a session has any maildrop, or a removal is on its way.</summary>
        internal bool AnyLocked
        {
            get
            {
                bool any = false;
                for (int at = 0; at < _count; at++)
                {
                    any |= _views[at].IsLocking;
                }

                return any;
            }
        }

        /// <summary>Whether a session has a maildrop, or a removal from it is on its way.</summary>
        /// <param name="bit">The maildrop's recipient bit.</param>
        /// <returns>True where nobody else may have it.</returns>
        internal bool IsLocked(int bit)
        {
            for (int at = 0; at < _count; at++)
            {
                if (_views[at].IsLocking && _views[at].Bit == bit)
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Whether an open session has a message among its numbers.</summary>
        /// <param name="message">The message's place in the index.</param>
        /// <returns>True where one has; what came behind its login it does not see.</returns>
        internal bool Sees(int message)
        {
            for (int at = 0; at < _count; at++)
            {
                if (_views[at].Sees(message))
                {
                    return true;
                }
            }

            return false;
        }

        /// <summary>Tells the sessions that see a message that it is gone; to be called before the index forgets it.</summary>
        /// <param name="message">The message's place in the index.</param>
        internal void Lose(int message)
        {
            for (int at = 0; at < _count; at++)
            {
                if (_views[at].Sees(message))
                {
                    _views[at].Lose(message);
                }
            }
        }
    }
}
