namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>One thing that compiles and that the board can't run.</summary>
    /// <param name="Id">Stable; messages and the README's table carry it.</param>
    /// <param name="What">What is refused.</param>
    /// <param name="Why">What the board does with it.</param>
    /// <param name="Instead">What to write in its place.</param>
    internal sealed record Rule(string Id, string What, string Why, string Instead);
}
