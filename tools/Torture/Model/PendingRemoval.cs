using System.Collections.Generic;

namespace MailAppliance.Tools.Torture.Model
{
    /// <summary>What one QUIT was to remove, until somebody knows whether it did.</summary>
    internal sealed class PendingRemoval
    {
        /// <summary>The mails.</summary>
        internal readonly List<SentMail> Mails = new();

        /// <summary>The maildrop's number among all names.</summary>
        internal int Maildrop;

        /// <summary>The event in which the QUIT was sent: a session that began before says nothing of it.</summary>
        internal int SentAt;

        /// <summary>A listing has shown whether it was carried out.</summary>
        internal bool IsSettled;

        /// <summary>Whether it was.</summary>
        internal bool IsDone;
    }
}
