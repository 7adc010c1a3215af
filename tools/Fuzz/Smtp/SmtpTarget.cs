using System;
using System.Text;
using MailAppliance.Tools.Fuzz.Inputs;
using MailAppliance.Tools.Fuzz.Targets;

namespace MailAppliance.Tools.Fuzz.Smtp
{
    /// <summary>The SMTP session, fed with octets.</summary>
    internal sealed class SmtpTarget : SessionTarget
    {
        private static readonly string[] s_reasons =
            ["552 5.3.4 Mail too big\r\n", "554 5.4.6 Too many Received fields, this mail loops\r\n", "554 5.6.0 Bare LF in mail data\r\n"];

        private readonly SmtpRig _whole;
        private readonly SmtpRig _cut;

        /// <summary>Makes one.</summary>
        /// <param name="isStrict">Strict mode.</param>
        internal SmtpTarget(bool isStrict)
        {
            _whole = new SmtpRig(isStrict);
            _cut = new SmtpRig(isStrict);
        }

        /// <inheritdoc/>
        internal override Grammar Grammar { get; } = SmtpGrammar.Make(SmtpPlan.Bits | CutBits, CutBits);

        /// <inheritdoc/>
        internal override void Play(FuzzInput input, FeatureMap features)
        {
            _whole.Play(input, CutKind.Whole, features);
            _cut.Play(input, CutOf(input), features);
            CheckAllocated(_whole.AllocatedOctets);
            CheckAllocated(_cut.AllocatedOctets);
            if (!_whole.DependsOnCut)
            {
                if (!IsRefusedAlike())
                {
                    Compare(input, _whole.Sent, _cut.Sent, "replies");
                }

                Compare(input, _whole.Mails, _cut.Mails, "mails");
            }
        }

        // Of a mail that has to be refused for more than one reason, the one that is seen first is told.
        private bool IsRefusedAlike()
        {
            return !_whole.Sent.IsSame(_cut.Sent) && WithoutReasons(_whole.Sent) == WithoutReasons(_cut.Sent);
        }

        private static string WithoutReasons(Transcript sent)
        {
            string text = Encoding.Latin1.GetString(sent.Octets);
            foreach (string reason in s_reasons)
            {
                text = text.Replace(reason, s_reasons[0], StringComparison.Ordinal);
            }

            return text;
        }
    }
}
