namespace MailAppliance.Hal.Desktop.Simulated
{
    /// <summary>The ways in which <see cref="TroubledNetwork"/> carries octets worse than a client and the appliance would like.</summary>
    public enum NetworkTrouble
    {
        /// <summary>What was sent at once arrives in pieces, or is taken in pieces.</summary>
        Split,

        /// <summary>Nothing moves on a connection for some calls, while the others go on.</summary>
        Stall,

        /// <summary>The connection is reset; what was under way is lost.</summary>
        Reset,

        /// <summary>The client's side ends before the client has ended it.</summary>
        HalfClose,

        /// <summary>Of two newcomers the later one is there first.</summary>
        Reorder,
    }
}
