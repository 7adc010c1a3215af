using MailAppliance.Tools.Fuzz.Inputs;

namespace MailAppliance.Tools.Fuzz
{
    /// <summary>An input that broke an invariant.</summary>
    internal sealed class Finding
    {
        /// <summary>The target's name.</summary>
        internal required string Target { get; init; }

        /// <summary>The seed that the command was given.</summary>
        internal required long Seed { get; init; }

        /// <summary>The input's number among those of the target, from 0.</summary>
        internal required long Number { get; init; }

        /// <summary>The invariant.</summary>
        internal required string Invariant { get; init; }

        /// <summary>What was seen with <see cref="Input"/>.</summary>
        internal required string What { get; init; }

        /// <summary>The input as it was made.</summary>
        internal required FuzzInput Original { get; init; }

        /// <summary>The smallest one found that breaks the same.</summary>
        internal required FuzzInput Input { get; init; }

        /// <summary>One line for a test's message.</summary>
        /// <returns>The line.</returns>
        public override string ToString()
        {
            return $"{Target}: {Invariant}: {What}; seed {Seed}, input {Number}, plan {Input.Plan}: {EscapedText.Of(Input.Octets)}";
        }
    }
}
