namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>One parameter of a listed method or indexer. The lists hold no names.</summary>
    /// <param name="TypeId">The type's documentation id, without a mark for ref or out.</param>
    /// <param name="IsByReference">A ref or out parameter.</param>
    /// <param name="IsOut">An out parameter.</param>
    /// <param name="DefaultText">The default value as the list writes it; null where an argument must be given.</param>
    internal sealed record ApiParameter(string TypeId, bool IsByReference, bool IsOut, string? DefaultText);
}
