using System.Collections.Generic;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>One list: the public and protected surface of one of the board's assemblies.</summary>
    /// <param name="Name">The assembly's name.</param>
    /// <param name="Types">Its types; one that holds others comes before them.</param>
    /// <param name="Lines">The list as it was read.</param>
    internal sealed record ApiAssembly(string Name, IReadOnlyList<ApiType> Types, IReadOnlyList<string> Lines);
}
