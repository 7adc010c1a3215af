using MailAppliance.Core;

namespace MailAppliance.Smtp
{
    /// <summary>The commands: verb, the states that allow it, what it says to an argument, and its handler.</summary>
    /// <remarks>
    /// A verb is found by its four letters in one int, lower-cased all at once: a comparison costs one turn of a loop, and
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

        // A row is one number, since an array of its own for each column costs the board's heap: states of strict mode, states of
        // device mode (a bit each), argument, handler.
        private const int DeviceShift = 4;
        private const int StateBits = 15;
        private const int ArgumentShift = 8;
        private const int ArgumentBits = 3;
        private const int HandlerShift = 10;

        private const int RowsMax = 19;
        private const int AfterHello = 1 << SmtpState.Ready;
        private const int OutsideMail = (1 << SmtpState.Connected) | (1 << SmtpState.Ready);
        private const int InMail = (1 << SmtpState.Mail) | (1 << SmtpState.Recipients);
        private const int Anywhere = OutsideMail | InMail;

        private static readonly byte[] s_behindStar = Octets.Of("TTLS");
        private static readonly int s_startKey = KeyOf(Octets.Of("STAR"), 0);
        private static readonly int[] s_keys = new int[RowsMax];
        private static readonly int[] s_rows = new int[RowsMax];
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
            Row("AUTH", AfterHello, OutsideMail, ArgumentRequired, SmtpHandler.Auth);
            Row("STARTTLS", Anywhere, Anywhere, ArgumentForbidden, SmtpHandler.StartTls);
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

            // All verbs have four letters, but for STARTTLS.
            int key = KeyOf(buffer, offset);
            bool isWhole = count == 4 ? key != s_startKey
                : key == s_startKey && Octets.EqualIgnoreCase(buffer, offset + 4, count - 4, s_behindStar, 0, s_behindStar.Length);
            int[] keys = s_keys;
            int rows = s_count;
            for (int row = 0; row < rows; row++)
            {
                if (keys[row] == key)
                {
                    return isWhole ? row : Unknown;
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
            int states = strict ? s_rows[row] : s_rows[row] >> DeviceShift;
            return (((states & StateBits) >> state) & 1) != 0;
        }

        /// <summary>What a command says to an argument.</summary>
        /// <param name="row">The row.</param>
        /// <returns><see cref="ArgumentForbidden"/>, <see cref="ArgumentFree"/> or <see cref="ArgumentRequired"/>.</returns>
        public static int ArgumentOf(int row)
        {
            return (s_rows[row] >> ArgumentShift) & ArgumentBits;
        }

        /// <summary>Who handles a command.</summary>
        /// <param name="row">The row.</param>
        /// <returns>One of <see cref="SmtpHandler"/>.</returns>
        public static int HandlerOf(int row)
        {
            return s_rows[row] >> HandlerShift;
        }

        private static void Row(string verb, int strictStates, int deviceStates, int argument, int handler)
        {
            s_keys[s_count] = KeyOf(Octets.Of(verb), 0);
            s_rows[s_count] = strictStates | (deviceStates << DeviceShift) | (argument << ArgumentShift) | (handler << HandlerShift);
            s_count++;
        }

        // The bit 0x20 makes a letter lower-case, and no octet but a letter becomes a letter by it.
        private static int KeyOf(byte[] buffer, int offset)
        {
            return ((buffer[offset] << 24) | (buffer[offset + 1] << 16) | (buffer[offset + 2] << 8) | buffer[offset + 3]) | 0x20202020;
        }
    }
}
