using MailAppliance.Tools.Fuzz.Inputs;
using MailAppliance.Tools.Fuzz.Targets;

namespace MailAppliance.Tools.Fuzz.Pop3
{
    /// <summary>The POP3 session, fed with octets.</summary>
    internal sealed class Pop3Target : SessionTarget
    {
        private readonly Pop3Rig _whole;
        private readonly Pop3Rig _cut;

        /// <summary>Makes one.</summary>
        /// <param name="isStrict">Strict mode.</param>
        internal Pop3Target(bool isStrict)
        {
            _whole = new Pop3Rig(isStrict);
            _cut = new Pop3Rig(isStrict);
        }

        /// <inheritdoc/>
        internal override Grammar Grammar { get; } = Pop3Grammar.Make(Pop3Plan.Bits | CutBits, CutBits);

        /// <inheritdoc/>
        internal override void Play(FuzzInput input, FeatureMap features)
        {
            _whole.Play(input, CutKind.Whole, features);
            _cut.Play(input, CutOf(input), features);
            CheckAllocated(_whole.AllocatedOctets);
            CheckAllocated(_cut.AllocatedOctets);
            Compare(input, _whole.Sent, _cut.Sent, "replies");
        }
    }
}
