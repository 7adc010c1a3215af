namespace MailAppliance.Smtp
{
    /// <summary>What <see cref="MailDataReader.Advance"/> and <see cref="MailDataReader.Drain"/> found.</summary>
    public static class DataStep
    {
        /// <summary>The input is used up.</summary>
        public const int NeedOctets = 0;

        /// <summary>Octets to store are at <see cref="MailDataReader.Offset"/>.</summary>
        public const int Piece = 1;

        /// <summary>The mail data is over, its end included; the input goes on with a command.</summary>
        public const int End = 2;

        /// <summary>The content is over the largest size: refuse, and drain.</summary>
        public const int TooBig = 3;

        /// <summary>Strict mode saw a bare LF: refuse, and drain.</summary>
        public const int BareLf = 4;

        /// <summary>Too many Received fields: refuse, and drain.</summary>
        public const int Looping = 5;
    }
}
