namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>One thing that was found, at its place in the sources.</summary>
    /// <param name="Place">Where.</param>
    /// <param name="IsError">Fails the check; else it is only shown.</param>
    /// <param name="Id">A rule's id, or the compiler's.</param>
    /// <param name="Message">What it is and what to do instead.</param>
    internal sealed record Finding(SourcePlace Place, bool IsError, string Id, string Message)
    {
        /// <summary>Makes a finding of a rule.</summary>
        /// <param name="rule">The rule.</param>
        /// <param name="place">Where.</param>
        /// <param name="detail">Which type, member or instruction; empty where the rule says it all.</param>
        /// <param name="isError">Whether it fails the check.</param>
        public static Finding Of(Rule rule, SourcePlace place, string detail = "", bool isError = true)
        {
            string what = detail.Length == 0 ? rule.What : $"{rule.What} '{detail}'";
            return new Finding(place, isError, rule.Id, $"{what}: {rule.Why}; {rule.Instead}");
        }

        /// <summary>The form that editors and build logs understand: <c>file(line,column): error id: message</c>.</summary>
        public override string ToString() => $"{Place}: {(IsError ? "error" : "warning")} {Id}: {Message}";
    }
}
