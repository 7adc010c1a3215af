using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <summary>The commands: verb, the states that allow it, what it says to an argument, and its handler.</summary>
    /// <remarks>
    /// A verb is found by its first four letters in one int, lower-cased all at once: a comparison costs one turn of a loop, and
    /// the most frequent verbs come first.
    /// </remarks>
    public static class SmtpCommandTable
    {
        /// <summary>No such verb: 500.</summary>
        public const int Unknown = -1;

        /// <summary>The verb takes no argument: 501 where one is given (RFC 5321 section 4.3.2).</summary>
        public const int ArgumentForbidden = 0;

        /// <summary>An argument is the handler's business.</summary>
        public const int ArgumentFree = 1;

        /// <summary>The verb needs an argument: 501 where none is given.</summary>
        public const int ArgumentRequired = 2;

        private const int RowsMax = 20;
        private const int Anywhere = (1 << SmtpState.Connected) | (1 << SmtpState.Ready) | (1 << SmtpState.Mail) | (1 << SmtpState.Recipients);
        private const int InMail = (1 << SmtpState.Mail) | (1 << SmtpState.Recipients);
        private const int AfterHello = 1 << SmtpState.Ready;
        private const int OutsideMail = (1 << SmtpState.Connected) | (1 << SmtpState.Ready);

        private static readonly int[] s_keys = new int[RowsMax];
        private static readonly byte[][] s_verbs = new byte[RowsMax][];
        private static readonly int[] s_strictStates = new int[RowsMax];
        private static readonly int[] s_deviceStates = new int[RowsMax];
        private static readonly int[] s_arguments = new int[RowsMax];
        private static readonly int[] s_handlers = new int[RowsMax];
        private static int s_count;

        static SmtpCommandTable()
        {
            //  verb        strict      device       argument            handler
            Row("RCPT", InMail, InMail, ArgumentFree, SmtpHandler.Rcpt);
            Row("MAIL", AfterHello, OutsideMail, ArgumentFree, SmtpHandler.Mail);
            Row("DATA", InMail, InMail, ArgumentForbidden, SmtpHandler.Data);
            Row("EHLO", Anywhere, Anywhere, ArgumentFree, SmtpHandler.Ehlo);
            Row("HELO", Anywhere, Anywhere, ArgumentFree, SmtpHandler.Helo);
            Row("QUIT", Anywhere, Anywhere, ArgumentForbidden, SmtpHandler.Quit);
            Row("RSET", Anywhere, Anywhere, ArgumentForbidden, SmtpHandler.Rset);
            Row("NOOP", Anywhere, Anywhere, ArgumentFree, SmtpHandler.Noop);
            Row("VRFY", Anywhere, Anywhere, ArgumentRequired, SmtpHandler.Vrfy);
            Row("HELP", Anywhere, Anywhere, ArgumentFree, SmtpHandler.Help);
            Row("BDAT", Anywhere, Anywhere, ArgumentFree, SmtpHandler.Bdat);
            Row("AUTH", Anywhere, Anywhere, ArgumentFree, SmtpHandler.NotImplemented);
            Row("STARTTLS", Anywhere, Anywhere, ArgumentFree, SmtpHandler.NotImplemented);
            Row("EXPN", Anywhere, Anywhere, ArgumentFree, SmtpHandler.NotImplemented);
            Row("ETRN", Anywhere, Anywhere, ArgumentFree, SmtpHandler.NotImplemented);
            Row("TURN", Anywhere, Anywhere, ArgumentFree, SmtpHandler.NotImplemented);
            Row("SEND", Anywhere, Anywhere, ArgumentFree, SmtpHandler.NotImplemented);
            Row("SOML", Anywhere, Anywhere, ArgumentFree, SmtpHandler.NotImplemented);
            Row("SAML", Anywhere, Anywhere, ArgumentFree, SmtpHandler.NotImplemented);
        }

        /// <summary>Finds a verb, without case.</summary>
        /// <param name="buffer">The line's buffer.</param>
        /// <param name="offset">The verb's first octet.</param>
        /// <param name="count">Its octets.</param>
        /// <returns>The row, for the other members; <see cref="Unknown"/> where there is none.</returns>
        public static int Find(byte[] buffer, int offset, int count)
        {
            if (count < 4)
            {
                return Unknown;
            }

            int key = KeyOf(buffer, offset);
            int[] keys = s_keys;
            int rows = s_count;
            for (int row = 0; row < rows; row++)
            {
                if (keys[row] == key)
                {
                    byte[] verb = s_verbs[row];
                    return Octets.EqualIgnoreCase(buffer, offset, count, verb, 0, verb.Length) ? row : Unknown;
                }
            }

            return Unknown;
        }

        /// <summary>Whether a state allows a command; 503 where it does not.</summary>
        /// <param name="row">The row.</param>
        /// <param name="state">One of the first four of <see cref="SmtpState"/>.</param>
        /// <param name="strict">Whether to go by the RFC's words.</param>
        /// <returns>True where it does.</returns>
        public static bool Allows(int row, int state, bool strict)
        {
            int states = strict ? s_strictStates[row] : s_deviceStates[row];
            return ((states >> state) & 1) != 0;
        }

        /// <summary>What a command says to an argument.</summary>
        /// <param name="row">The row.</param>
        /// <returns><see cref="ArgumentForbidden"/>, <see cref="ArgumentFree"/> or <see cref="ArgumentRequired"/>.</returns>
        public static int ArgumentOf(int row)
        {
            return s_arguments[row];
        }

        /// <summary>Who handles a command.</summary>
        /// <param name="row">The row.</param>
        /// <returns>One of <see cref="SmtpHandler"/>.</returns>
        public static int HandlerOf(int row)
        {
            return s_handlers[row];
        }

        private static void Row(string verb, int strictStates, int deviceStates, int argument, int handler)
        {
            byte[] octets = Octets.Of(verb);
            s_keys[s_count] = KeyOf(octets, 0);
            s_verbs[s_count] = octets;
            s_strictStates[s_count] = strictStates;
            s_deviceStates[s_count] = deviceStates;
            s_arguments[s_count] = argument;
            s_handlers[s_count] = handler;
            s_count++;
        }

        // The bit 0x20 makes a letter lower-case, and no octet but a letter becomes a letter by it.
        private static int KeyOf(byte[] buffer, int offset)
        {
            return ((buffer[offset] << 24) | (buffer[offset + 1] << 16) | (buffer[offset + 2] << 8) | buffer[offset + 3]) | 0x20202020;
        }
    }
}
