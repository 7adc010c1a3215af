namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>A compiled assembly and its portable symbols.</summary>
    /// <param name="Image">The assembly's file.</param>
    /// <param name="Symbols">The symbols' file.</param>
    internal sealed record EmittedAssembly(byte[] Image, byte[] Symbols);
}
