using System.Collections.Generic;
using System.Linq;
using System.Text;

namespace MailAppliance.Tools.Fuzz.Inputs
{
    /// <summary>What inputs of a target are made of.</summary>
    internal sealed class Grammar
    {
        /// <summary>Whole inputs that are right, to begin with.</summary>
        internal required IReadOnlyList<byte[]> Seeds { get; init; }

        /// <summary>Pieces to put anywhere.</summary>
        internal required IReadOnlyList<byte[]> Tokens { get; init; }

        /// <summary>Whole lines, of which an input can be put together; none where it has none.</summary>
        internal IReadOnlyList<byte[]> Lines { get; init; } = [];

        /// <summary>The bits of <see cref="FuzzInput.Plan"/> that the target reads.</summary>
        internal int PlanBits { get; init; }

        /// <summary>Those of them that are drawn anew for each input.</summary>
        internal int DrawnBits { get; init; }

        /// <summary>The longest input, but for a rare one with an endless line.</summary>
        internal int OctetsMax { get; init; } = 4096;

        /// <summary>Whether a line of many thousand octets is worth a try now and then.</summary>
        internal bool HasEndlessLines { get; init; }

        /// <summary>Texts as octets, a letter an octet.</summary>
        /// <param name="texts">Latin-1.</param>
        /// <returns>The octets.</returns>
        internal static byte[][] Octets(params string[] texts)
        {
            return [.. texts.Select(Encoding.Latin1.GetBytes)];
        }
    }
}
