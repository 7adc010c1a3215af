namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>What a listed type is, as its line says it between brackets.</summary>
    internal enum ApiTypeKind
    {
        /// <summary>A class that can be derived from.</summary>
        Class,

        /// <summary>An abstract class.</summary>
        AbstractClass,

        /// <summary>A sealed class.</summary>
        SealedClass,

        /// <summary>A static class.</summary>
        StaticClass,

        /// <summary>A value type.</summary>
        Struct,

        /// <summary>An enumeration.</summary>
        Enum,

        /// <summary>An interface.</summary>
        Interface,

        /// <summary>A delegate.</summary>
        Delegate,
    }
}
