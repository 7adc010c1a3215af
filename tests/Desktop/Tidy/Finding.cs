namespace MailAppliance.Tests.Tidy
{
    /// <summary>A rule that is not kept somewhere.</summary>
    /// <param name="Path">The file, from the root.</param>
    /// <param name="Line">Its line, from 1.</param>
    /// <param name="Rule">The rule, in words.</param>
    internal sealed record Finding(string Path, int Line, string Rule)
    {
        public override string ToString() => $"{Path}({Line}): {Rule}";
    }
}
