namespace MailAppliance.Tools.Simulator
{
    /// <summary>What the command line says.</summary>
    internal sealed class SimulatorOptions
    {
        /// <summary>The configuration file; null for the user's own, which is made at the first start.</summary>
        public string? Configuration { get; init; }

        /// <summary>The card's folder; null for the folder <c>card</c> beside the configuration.</summary>
        public string? Card { get; init; }

        /// <summary>Where SMTP listens, before what the configuration says; null leaves that.</summary>
        public Endpoint? Smtp { get; init; }

        /// <summary>Where POP3 listens, before what the configuration says; null leaves that.</summary>
        public Endpoint? Pop3 { get; init; }

        /// <summary>Where SMTP with TLS from the first octet listens, likewise.</summary>
        public Endpoint? Smtps { get; init; }

        /// <summary>Where POP3 with TLS from the first octet listens, likewise.</summary>
        public Endpoint? Pop3s { get; init; }

        /// <summary>Whether the wire is printed.</summary>
        public bool Trace { get; init; }

        /// <summary>Whether only warnings and errors are printed.</summary>
        public bool Quiet { get; init; }
    }
}
