namespace MailAppliance.Tools.Torture.Model
{
    /// <summary>What the sender of a mail knows.</summary>
    internal enum MailState
    {
        /// <summary>Its end was not sent yet.</summary>
        Sending,

        /// <summary>Its end was sent, and no answer was read: it may be there or not.</summary>
        Unanswered,

        /// <summary>Answered 250, or seen in a maildrop, which is as good.</summary>
        Accepted,

        /// <summary>Answered 4yz or 5yz, broken off before its end, or found absent where it had to be decided.</summary>
        Refused,
    }
}
