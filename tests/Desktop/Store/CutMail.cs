namespace MailAppliance.Tests.Store
{
    /// <summary>A mail of a <see cref="CutLedger"/>.</summary>
    internal sealed class CutMail(byte[] octets, int recipients)
    {
        internal byte[] Octets { get; } = octets;

        internal int Recipients { get; } = recipients;

        internal CutState State { get; set; }

        internal string? UniqueId { get; set; }

        internal CutMail Copy()
        {
            return new CutMail(Octets, Recipients) { State = State, UniqueId = UniqueId };
        }
    }
}
