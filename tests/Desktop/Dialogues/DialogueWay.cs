namespace MailAppliance.Tests.Dialogues
{
    /// <summary>How the client's octets arrive.</summary>
    public enum DialogueWay
    {
        /// <summary>A line at a time, each when the ones before it have been answered.</summary>
        Whole,

        /// <summary>An octet at a time.</summary>
        Octets,

        /// <summary>
        /// All lines of a connection up to where another one speaks, time passes or an answer is used, at once; and behind the
        /// last one a NOOP, which must be answered where the connection lives on, and must not behind a QUIT.
        /// </summary>
        Pipelined,
    }
}
