using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>Works out a listed method's flags in metadata: its marks, and what follows from the type that it stands in.</summary>
    internal sealed class MethodFlags
    {
        private readonly NanoApi _api;

        /// <summary>Works on these lists.</summary>
        public MethodFlags(NanoApi api)
        {
            _api = api;
        }

        /// <summary>The flags of a method.</summary>
        /// <param name="type">Its type.</param>
        /// <param name="method">The method.</param>
        public MethodAttributes Attributes(ApiType type, ApiMember method)
        {
            MethodAttributes flags = MethodAttributes.HideBySig | (method.IsProtected ? MethodAttributes.Family : MethodAttributes.Public);
            if (method.IsConstructor)
            {
                return flags | MethodAttributes.SpecialName | MethodAttributes.RTSpecialName;
            }

            if (method.Name.StartsWith("op_", StringComparison.Ordinal) || IsAccessor(type, method))
            {
                flags |= MethodAttributes.SpecialName;
            }

            if (method.IsStatic)
            {
                return flags | MethodAttributes.Static;
            }

            if (method.IsAbstract)
            {
                // One mark stands for both "abstract" and "abstract override".
                return flags | MethodAttributes.Abstract | MethodAttributes.Virtual
                    | (OverridesInherited(type, method) ? MethodAttributes.ReuseSlot : MethodAttributes.NewSlot);
            }

            if (method.IsOverride)
            {
                return flags | MethodAttributes.Virtual;
            }

            if (method.IsVirtual)
            {
                return flags | MethodAttributes.Virtual | MethodAttributes.NewSlot;
            }

            // What implements an interface must have a slot, and one that was not declared virtual can't be overridden.
            bool isFinal = !method.IsProtected && Implements(type, method);
            return isFinal ? flags | MethodAttributes.Virtual | MethodAttributes.NewSlot | MethodAttributes.Final : flags;
        }

        /// <summary>How the method is run.</summary>
        /// <param name="type">Its type.</param>
        /// <param name="method">The method.</param>
        public static MethodImplAttributes Implementation(ApiType type, ApiMember method)
        {
            if (type.Kind == ApiTypeKind.Delegate)
            {
                return MethodImplAttributes.Runtime;
            }

            return method.IsNative ? MethodImplAttributes.InternalCall : MethodImplAttributes.IL;
        }

        private static bool IsAccessor(ApiType type, ApiMember method)
        {
            int underscore = method.Name.IndexOf('_', StringComparison.Ordinal);
            if (underscore < 0)
            {
                return false;
            }

            string name = method.Name[(underscore + 1)..];
            ApiMemberKind kind;
            switch (method.Name[..underscore])
            {
                case "get" or "set":
                    kind = ApiMemberKind.Property;
                    break;
                case "add" or "remove":
                    kind = ApiMemberKind.Event;
                    break;
                default:
                    return false;
            }

            return type.Members.Any(member => member.Kind == kind && member.Name == name);
        }

        private bool OverridesInherited(ApiType type, ApiMember method)
        {
            for (ApiType? ancestor = Base(type); ancestor is not null; ancestor = Base(ancestor))
            {
                if (ancestor.Members.Any(member => (member.IsAbstract || member.IsVirtual) && HasSameSignature(member, method)))
                {
                    return true;
                }
            }

            return false;
        }

        private bool Implements(ApiType type, ApiMember method)
        {
            return AllInterfaces(type).Any(contract => contract.Members.Any(member => HasSameSignature(member, method)));
        }

        private IEnumerable<ApiType> AllInterfaces(ApiType type)
        {
            return type.InterfaceIds.Select(_api.Get).SelectMany(contract => AllInterfaces(contract).Prepend(contract));
        }

        private ApiType? Base(ApiType type) => type.BaseId is null ? null : _api.Get(type.BaseId);

        private static bool HasSameSignature(ApiMember one, ApiMember other)
        {
            return one.Kind == ApiMemberKind.Method && one.Name == other.Name && one.TypeId == other.TypeId
                && one.Parameters.Select(parameter => (parameter.TypeId, parameter.IsByReference))
                    .SequenceEqual(other.Parameters.Select(parameter => (parameter.TypeId, parameter.IsByReference)));
        }
    }
}
