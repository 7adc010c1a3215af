using System.Collections.Generic;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>What came of one source set.</summary>
    /// <param name="Set">The sources.</param>
    /// <param name="Findings">What was found, in the order of the sources, each line once for each rule.</param>
    /// <param name="CodeOctets">Octets of code; 0 where it did not compile.</param>
    internal sealed record SetReport(SourceSet Set, IReadOnlyList<Finding> Findings, int CodeOctets);
}
