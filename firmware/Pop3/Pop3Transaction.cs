using MailAppliance.Core;

namespace MailAppliance.Pop3
{
    /// <summary>
    /// The commands of <see cref="Pop3State.Transaction"/> that the view alone can answer (RFC 1939 section 5), and the choice
    /// of a message for those that the loop has to help with.
    /// </summary>
    /// <remarks>Whoever calls has made sure that the output has room for <see cref="Pop3Replies.ReplyOctetsMax"/>.</remarks>
    public sealed class Pop3Transaction
    {
        private readonly OutputBuffer _output;
        private readonly Pop3Listing _listing;
        private IMaildropView _view;
        private int _markCount;
        private int _number;
        private int _octets;

        /// <summary>Makes one; done at boot.</summary>
        /// <param name="output">The session's output.</param>
        public Pop3Transaction(OutputBuffer output)
        {
            _output = output;
            _listing = new Pop3Listing();
        }

        /// <summary>Whether a maildrop is open.</summary>
        public bool IsOpen
        {
            get { return _view != null; }
        }

        /// <summary>Whether any message is marked as deleted.</summary>
        public bool HasMarks
        {
            get { return _markCount > 0; }
        }

        /// <summary>The message-number that <see cref="Choose"/> found right.</summary>
        public int Number
        {
            get { return _number; }
        }

        /// <summary>That message's octets.</summary>
        public int MessageOctets
        {
            get { return _octets; }
        }

        /// <summary>Begins with a maildrop of which nothing is marked, and says what is in it.</summary>
        /// <param name="view">The maildrop; kept until <see cref="Close"/>.</param>
        public void Open(IMaildropView view)
        {
            _view = view;
            _markCount = 0;
            AppendSummary();
        }

        /// <summary>Forgets the maildrop.</summary>
        public void Close()
        {
            _view = null;
            _markCount = 0;
            _number = 0;
        }

        /// <summary>STAT: exactly "+OK n size", since RFC 1939 section 5 lets clients rely on the spaces.</summary>
        public void Stat()
        {
            _output.Append(Pop3Replies.Texts, Pop3Replies.Ok);
            _output.AppendDecimal(_view.UnmarkedCount);
            _output.Append(Octets.Space);
            _output.AppendDecimal(_view.UnmarkedOctets);
            _output.Append(Octets.CrLf);
        }

        /// <summary>LIST or UIDL of one message.</summary>
        /// <param name="number">The message-number that the peer gave.</param>
        /// <param name="withUniqueId">UIDL.</param>
        public void List(long number, bool withUniqueId)
        {
            if (Choose(number))
            {
                _output.Append(Pop3Replies.Texts, Pop3Replies.Ok);
                _listing.AppendLine(_output, _view, _number, withUniqueId);
            }
        }

        /// <summary>LIST or UIDL of all messages: the first line. The others come from <see cref="ContinueListing"/>.</summary>
        /// <param name="withUniqueIds">UIDL.</param>
        public void BeginListing(bool withUniqueIds)
        {
            _listing.Begin(_view, withUniqueIds);
            if (withUniqueIds)
            {
                _output.Append(Pop3Replies.Texts, Pop3Replies.UniqueIdsFollow);
            }
            else
            {
                AppendSummary();
            }
        }

        /// <summary>Appends as much of the listing as there is room for.</summary>
        /// <returns>True where it is complete.</returns>
        public bool ContinueListing()
        {
            return _listing.Continue(_output);
        }

        /// <summary>DELE.</summary>
        /// <param name="number">The message-number that the peer gave.</param>
        public void Delete(long number)
        {
            if (Choose(number))
            {
                _view.Mark(_number);
                _markCount++;
                _output.Append(Pop3Replies.Texts, Pop3Replies.Marked);
            }
        }

        /// <summary>RSET.</summary>
        public void Reset()
        {
            _view.UnmarkAll();
            _markCount = 0;
            _output.Append(Pop3Replies.Texts, Pop3Replies.Unmarked);
        }

        /// <summary>Chooses a message; where it is not one that is neither marked nor gone, says so to the peer.</summary>
        /// <param name="number">The message-number that the peer gave; -1 for what is no number.</param>
        /// <returns>True where <see cref="Number"/> and <see cref="MessageOctets"/> are its.</returns>
        public bool Choose(long number)
        {
            IMaildropView view = _view;
            if (number < 1 || number > view.MessageCount)
            {
                _output.Append(Pop3Replies.Texts, Pop3Replies.NoSuchMessage);
                return false;
            }

            _number = (int)number;
            if (view.IsMarked(_number))
            {
                _output.Append(Pop3Replies.Texts, Pop3Replies.IsMarked);
                return false;
            }

            _octets = view.OctetsOf(_number);
            if (_octets < 0)
            {
                _output.Append(Pop3Replies.Texts, Pop3Replies.Unreadable);
                return false;
            }

            return true;
        }

        private void AppendSummary()
        {
            _output.Append(Pop3Replies.Texts, Pop3Replies.Ok);
            _output.AppendDecimal(_view.UnmarkedCount);
            _output.Append(Pop3Replies.Texts, Pop3Replies.Messages);
            _output.AppendDecimal(_view.UnmarkedOctets);
            _output.Append(Pop3Replies.Texts, Pop3Replies.OctetsInAll);
        }
    }
}
