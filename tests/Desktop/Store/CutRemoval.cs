namespace MailAppliance.Tests.Store
{
    /// <summary>A removal of a <see cref="CutLedger"/>.</summary>
    internal sealed class CutRemoval(int maildrop, CutMail[] mails)
    {
        internal int Maildrop { get; } = maildrop;

        internal CutMail[] Mails { get; } = mails;

        internal CutState State { get; set; }
    }
}
