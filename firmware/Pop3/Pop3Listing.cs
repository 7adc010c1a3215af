using MailAppliance.Core;

namespace MailAppliance.Pop3
{
    /// <summary>The lines of LIST and UIDL: one, or all in as many pieces as the output has room for.</summary>
    public sealed class Pop3Listing
    {
        private readonly byte[] _uniqueId = new byte[Pop3Replies.UniqueIdOctetsMax];
        private IMaildropView _view;
        private bool _withUniqueIds;
        private int _number;

        /// <summary>Begins a listing of all messages that are neither marked nor gone.</summary>
        /// <param name="view">The maildrop; kept until the listing is complete.</param>
        /// <param name="withUniqueIds">Unique-ids (UIDL) and not sizes (LIST).</param>
        public void Begin(IMaildropView view, bool withUniqueIds)
        {
            _view = view;
            _withUniqueIds = withUniqueIds;
            _number = 1;
        }

        /// <summary>Appends lines while there is room for the longest one, and behind the last one the end of the reply.</summary>
        /// <param name="output">The session's output.</param>
        /// <returns>True where the listing is complete; false where the rest waits for room.</returns>
        public bool Continue(OutputBuffer output)
        {
            IMaildropView view = _view;
            int count = view.MessageCount;
            int number = _number;
            while (output.Room >= Pop3Replies.ListingLineOctetsMax)
            {
                if (number > count)
                {
                    output.Append(Pop3Replies.Texts, Pop3Replies.End);
                    _view = null;
                    return true;
                }

                if (!view.IsMarked(number))
                {
                    AppendLine(output, view, number, _withUniqueIds);
                }

                number++;
            }

            _number = number;
            return false;
        }

        /// <summary>Appends a message's line, "number size" or "number unique-id".</summary>
        /// <param name="output">Has room for the longest line.</param>
        /// <param name="view">The maildrop.</param>
        /// <param name="number">The message-number; nothing is appended for one that is gone.</param>
        /// <param name="withUniqueId">Its unique-id and not its size.</param>
        public void AppendLine(OutputBuffer output, IMaildropView view, int number, bool withUniqueId)
        {
            int octets = view.OctetsOf(number);
            if (octets < 0)
            {
                return;
            }

            output.AppendDecimal(number);
            output.Append(Octets.Space);
            if (withUniqueId)
            {
                int count = view.WriteUniqueId(number, _uniqueId, 0);
                if (count < 1 || count > Pop3Replies.UniqueIdOctetsMax)
                {
                    Invariant.Broken("unique-id of an impossible length");
                }
                output.Append(_uniqueId, 0, count);
            }
            else
            {
                output.AppendDecimal(octets);
            }

            output.Append(Octets.CrLf);
        }
    }
}
