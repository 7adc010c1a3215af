namespace MailAppliance.Core
{
    /// <summary>The bounds that hold under attack, as <see cref="Sources"/> counts what they stopped.</summary>
    public static class Bound
    {
        /// <summary>Nothing is over its bound.</summary>
        public const int None = -1;

        /// <summary>A source's connections piled up.</summary>
        public const int Connections = 0;

        /// <summary>Mails of a source in a minute.</summary>
        public const int Mails = 1;

        /// <summary>Commands of a source in a minute that were refused as unknown or malformed.</summary>
        public const int BadCommands = 2;

        /// <summary>A login too soon after wrong ones.</summary>
        public const int Logins = 3;

        /// <summary>A slot that was given up since somebody waited for one.</summary>
        public const int Yielded = 4;

        /// <summary>A slot whose peer sent too few octets in a minute.</summary>
        public const int Progress = 5;

        /// <summary>A mail transaction that took too long.</summary>
        public const int MailTime = 6;

        /// <summary>How many there are.</summary>
        public const int Count = 7;
    }
}
