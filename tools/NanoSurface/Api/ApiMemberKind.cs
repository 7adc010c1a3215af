namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>What a listed member is: the letter its line begins with.</summary>
    internal enum ApiMemberKind
    {
        /// <summary><c>F:</c></summary>
        Field,

        /// <summary><c>M:</c>, constructors and accessors included.</summary>
        Method,

        /// <summary><c>P:</c>; with parameters it is the indexer.</summary>
        Property,

        /// <summary><c>E:</c></summary>
        Event,
    }
}
