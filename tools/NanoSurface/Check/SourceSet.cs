using System.Collections.Generic;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>The files that the board's tools compile into one assembly.</summary>
    /// <param name="Name">How reports call it: the folder that makes it what it is.</param>
    /// <param name="IsApplication">An application with a Main; else the tests on the device, which have the test framework.</param>
    /// <param name="Files">Its files.</param>
    /// <param name="Missing">What should be in it and is not.</param>
    /// <param name="Library">The set of an assembly that this one is compiled against; null for none.</param>
    internal sealed record SourceSet(
        string Name, bool IsApplication, IReadOnlyList<SourceFile> Files, IReadOnlyList<Finding> Missing, SourceSet? Library = null);
}
