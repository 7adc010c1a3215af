namespace MailAppliance.Pop3
{
    /// <summary>
    /// What a POP3 session sees of its maildrop: the messages that were there when it was opened, numbered from 1, in the
    /// order of their unique-ids, and which of them are marked as deleted (RFC 1939 section 4 and 5).
    /// </summary>
    public interface IMaildropView
    {
        /// <summary>Messages in the view, marked ones included; message-numbers are 1 to this.</summary>
        int MessageCount { get; }

        /// <summary>Messages that are not marked.</summary>
        int UnmarkedCount { get; }

        /// <summary>Octets of the messages that are not marked, as STAT counts them.</summary>
        long UnmarkedOctets { get; }

        /// <summary>Octets of a message as RFC 1939 section 11 counts them: line ends as two, stuffed dots not.</summary>
        /// <param name="number">The message-number, 1 to <see cref="MessageCount"/>.</param>
        /// <returns>The octets; -1 where the message is gone (dropped or damaged since).</returns>
        int OctetsOf(int number);

        /// <summary>Whether a message is marked as deleted.</summary>
        /// <param name="number">The message-number.</param>
        /// <returns>True where it is.</returns>
        bool IsMarked(int number);

        /// <summary>Marks a message as deleted.</summary>
        /// <param name="number">The message-number of one that is not marked.</param>
        void Mark(int number);

        /// <summary>Unmarks all messages.</summary>
        void UnmarkAll();

        /// <summary>Writes a message's unique-id.</summary>
        /// <param name="number">The message-number.</param>
        /// <param name="buffer">Where to.</param>
        /// <param name="offset">Its first octet goes there.</param>
        /// <returns>The octets written, 1 to 70 (RFC 1939 section 7).</returns>
        int WriteUniqueId(int number, byte[] buffer, int offset);
    }
}
