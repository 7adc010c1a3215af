namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>One source file.</summary>
    /// <param name="Path">Relative to the repository, with slashes: messages show it so.</param>
    /// <param name="Text">Its text.</param>
    internal sealed record SourceFile(string Path, string Text);
}
