namespace MailAppliance.Core
{
    /// <summary>
    /// Recognises a peer who speaks TLS to a port that has none: his hello has no line end, so that whoever waited for one
    /// would hold a slot until the idle timeout.
    /// </summary>
    public static class TlsHello
    {
        /// <summary>What is there is no hello.</summary>
        public const int No = 0;

        /// <summary>The one octet that is there may begin a hello.</summary>
        public const int NeedOctets = 1;

        /// <summary>A hello: close without a word.</summary>
        public const int Yes = 2;

        // The content type of a handshake record and the first octet of its version (RFC 8446 section 5.1).
        private const byte Handshake = 0x16;
        private const byte MajorVersion = 0x03;

        /// <summary>Looks at the first octets of a line; in the midst of one that is too long there is none.</summary>
        /// <param name="input">What was received, at least one octet.</param>
        /// <returns><see cref="No"/>, <see cref="NeedOctets"/> or <see cref="Yes"/>.</returns>
        public static int Check(InputBuffer input)
        {
            byte[] buffer = input.Buffer;
            int start = input.Start;
            if (buffer[start] != Handshake || input.IsSkipping)
            {
                return No;
            }

            return input.Count == 1 ? NeedOctets : buffer[start + 1] == MajorVersion ? Yes : No;
        }
    }
}
