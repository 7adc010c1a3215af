namespace MailAppliance.Login
{
    /// <summary>What a session has to do next in a SASL exchange.</summary>
    public static class SaslStep
    {
        /// <summary>Send an empty challenge: the client begins.</summary>
        public const int AskMessage = 0;

        /// <summary>Send LOGIN's first prompt.</summary>
        public const int AskName = 1;

        /// <summary>Send LOGIN's second prompt.</summary>
        public const int AskPassword = 2;

        /// <summary>Take a new stamp and send it in base64.</summary>
        public const int AskDigest = 3;

        /// <summary>Name and proof are in the attempt: have it checked.</summary>
        public const int Verify = 4;

        /// <summary>The mechanism is not offered; the exchange is over.</summary>
        public const int UnknownMechanism = 5;

        /// <summary>More than a mechanism and an initial response; the exchange is over.</summary>
        public const int BadArgument = 6;

        /// <summary>An initial response where the server is the one to begin; the exchange is over.</summary>
        public const int InitialResponseForbidden = 7;

        /// <summary>The client has cancelled; the exchange is over.</summary>
        public const int Cancelled = 8;

        /// <summary>No base64, or not what the mechanism wants; the exchange is over.</summary>
        public const int Malformed = 9;
    }
}
