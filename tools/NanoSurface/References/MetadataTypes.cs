using System;
using System.Collections.Generic;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>Gives types their place in the metadata of one assembly that is being written, and encodes them in signatures.</summary>
    internal sealed class MetadataTypes
    {
        /// <summary>The row after <c>&lt;Module&gt;</c>.</summary>
        private const int FirstTypeRow = 2;

        private readonly MetadataBuilder _metadata;
        private readonly NanoApi _api;
        private readonly Dictionary<string, TypeDefinitionHandle> _definitions = [];
        private readonly Dictionary<string, TypeReferenceHandle> _references = [];
        private readonly Dictionary<string, AssemblyReferenceHandle> _assemblies = [];

        /// <summary>Numbers the types that the assembly defines.</summary>
        /// <param name="metadata">The assembly's tables.</param>
        /// <param name="api">Where other assemblies' types are found.</param>
        /// <param name="definitions">The assembly's types, in the order in which they will be written.</param>
        public MetadataTypes(MetadataBuilder metadata, NanoApi api, IReadOnlyList<ApiType> definitions)
        {
            _metadata = metadata;
            _api = api;
            for (int index = 0; index < definitions.Count; index++)
            {
                _definitions.Add(definitions[index].Id, MetadataTokens.TypeDefinitionHandle(FirstTypeRow + index));
            }
        }

        /// <summary>The row of a type that this assembly defines.</summary>
        public TypeDefinitionHandle Definition(ApiType type) => _definitions[type.Id];

        /// <summary>The type's definition, or a reference to it where another assembly defines it.</summary>
        /// <exception cref="FormatException">No list holds the type.</exception>
        public EntityHandle Handle(string typeId)
        {
            return _definitions.TryGetValue(typeId, out TypeDefinitionHandle definition) ? definition : Reference(_api.Get(typeId));
        }

        /// <summary>Writes a type into a signature.</summary>
        /// <param name="encoder">Where to.</param>
        /// <param name="typeId">A documentation id: a type, an array of one, or a type parameter of the declaring type.</param>
        public void Encode(SignatureTypeEncoder encoder, string typeId)
        {
            if (typeId.EndsWith("[]", StringComparison.Ordinal))
            {
                Encode(encoder.SZArray(), typeId[..^2]);
            }
            else if (typeId[0] == '`')
            {
                encoder.GenericTypeParameter(int.Parse(typeId.AsSpan(1)));
            }
            else if (!EncodePrimitive(encoder, typeId))
            {
                encoder.Type(Handle(typeId), _api.Get(typeId).IsValueType);
            }
        }

        private static bool EncodePrimitive(SignatureTypeEncoder encoder, string typeId)
        {
            switch (typeId)
            {
                case "System.Boolean": encoder.Boolean(); return true;
                case "System.Char": encoder.Char(); return true;
                case "System.SByte": encoder.SByte(); return true;
                case "System.Byte": encoder.Byte(); return true;
                case "System.Int16": encoder.Int16(); return true;
                case "System.UInt16": encoder.UInt16(); return true;
                case "System.Int32": encoder.Int32(); return true;
                case "System.UInt32": encoder.UInt32(); return true;
                case "System.Int64": encoder.Int64(); return true;
                case "System.UInt64": encoder.UInt64(); return true;
                case "System.Single": encoder.Single(); return true;
                case "System.Double": encoder.Double(); return true;
                case "System.IntPtr": encoder.IntPtr(); return true;
                case "System.UIntPtr": encoder.UIntPtr(); return true;
                case "System.String": encoder.String(); return true;
                case "System.Object": encoder.Object(); return true;
                default: return false;
            }
        }

        private TypeReferenceHandle Reference(ApiType type)
        {
            if (!_references.TryGetValue(type.Id, out TypeReferenceHandle handle))
            {
                EntityHandle scope = type.DeclaringType is null ? Assembly(type.AssemblyName) : Reference(type.DeclaringType);
                handle = _metadata.AddTypeReference(scope, _metadata.GetOrAddString(type.Namespace), _metadata.GetOrAddString(type.Name));
                _references.Add(type.Id, handle);
            }

            return handle;
        }

        private AssemblyReferenceHandle Assembly(string name)
        {
            if (!_assemblies.TryGetValue(name, out AssemblyReferenceHandle handle))
            {
                StringHandle nameHandle = _metadata.GetOrAddString(name);
                handle = _metadata.AddAssemblyReference(
                    nameHandle,
                    ReferenceAssemblyWriter.Version,
                    culture: default,
                    publicKeyOrToken: default,
                    flags: default,
                    hashValue: default);
                _assemblies.Add(name, handle);
            }

            return handle;
        }
    }
}
