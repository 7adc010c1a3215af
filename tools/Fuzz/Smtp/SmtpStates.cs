using MailAppliance.Smtp;

namespace MailAppliance.Tools.Fuzz.Smtp
{
    /// <summary>In which states a session may return which event.</summary>
    internal static class SmtpStates
    {
        private const int Commands = (1 << SmtpState.Connected) | (1 << SmtpState.Ready) | (1 << SmtpState.Mail) | (1 << SmtpState.Recipients);
        private const int Waiting = (1 << SmtpState.Admitting) | (1 << SmtpState.Beginning) | (1 << SmtpState.Committing) | (1 << SmtpState.Verifying);
        private const int Octets = Commands | (1 << SmtpState.Data) | (1 << SmtpState.Discarding) | (1 << SmtpState.Authenticating);

        /// <summary>Whether an event fits a state.</summary>
        /// <param name="state">One of <see cref="SmtpState"/>, after the event was returned.</param>
        /// <param name="smtpEvent">One of <see cref="SmtpEvent"/>.</param>
        /// <returns>True where it does.</returns>
        internal static bool Allows(int state, int smtpEvent)
        {
            return state is >= 0 and < 31 && ((StatesOf(smtpEvent) >> state) & 1) != 0;
        }

        /// <summary>Whether a state takes commands or responses, each of which is answered once.</summary>
        /// <param name="state">One of <see cref="SmtpState"/>.</param>
        /// <returns>True where it does.</returns>
        internal static bool TakesLines(int state)
        {
            return (((Commands | (1 << SmtpState.Authenticating)) >> state) & 1) != 0;
        }

        private static int StatesOf(int smtpEvent)
        {
            return smtpEvent switch
            {
                SmtpEvent.NeedOctets or SmtpEvent.NeedRoom => Octets,
                SmtpEvent.Admit => 1 << SmtpState.Admitting,
                SmtpEvent.Begin => 1 << SmtpState.Beginning,
                SmtpEvent.MailData => 1 << SmtpState.Data,
                SmtpEvent.EndOfMail => 1 << SmtpState.Committing,
                SmtpEvent.Abort => (1 << SmtpState.Discarding) | (1 << SmtpState.Leaving),
                SmtpEvent.Awaiting => Waiting,
                SmtpEvent.Close => 1 << SmtpState.Leaving,
                SmtpEvent.Verify => 1 << SmtpState.Verifying,
                _ => 0,
            };
        }
    }
}
