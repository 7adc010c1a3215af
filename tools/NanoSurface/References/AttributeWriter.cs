using System;
using System.Collections.Generic;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>Writes the attributes that the compiler acts upon: params, indexers, conditional methods and their like.</summary>
    internal sealed class AttributeWriter
    {
        private const ushort Prolog = 1;
        private const int AllTargets = 0x7FFF;

        private readonly MetadataBuilder _metadata;
        private readonly MetadataTypes _types;
        private readonly Func<string, MethodDefinitionHandle?> _ownConstructor;
        private readonly Dictionary<string, EntityHandle> _constructors = [];

        /// <summary>Writes into an assembly.</summary>
        /// <param name="metadata">The assembly's tables.</param>
        /// <param name="types">Its types.</param>
        /// <param name="ownConstructor">The constructor of an attribute that the assembly itself defines; null for another's.</param>
        public AttributeWriter(MetadataBuilder metadata, MetadataTypes types, Func<string, MethodDefinitionHandle?> ownConstructor)
        {
            _metadata = metadata;
            _types = types;
            _ownConstructor = ownConstructor;
        }

        /// <summary>The last parameter takes any number of arguments.</summary>
        public void ParamArray(ParameterHandle parameter) => Add(parameter, "System.ParamArrayAttribute", argument: null);

        /// <summary>Calls vanish where the symbol is not defined.</summary>
        public void Conditional(MethodDefinitionHandle method, string symbol)
        {
            Add(method, "System.Diagnostics.ConditionalAttribute", symbol);
        }

        /// <summary>The property with that name is the type's indexer.</summary>
        public void DefaultMember(TypeDefinitionHandle type, string name) => Add(type, "System.Reflection.DefaultMemberAttribute", name);

        /// <summary>The struct lives on the stack only.</summary>
        public void RefStruct(TypeDefinitionHandle type) => Add(type, ReferenceAssemblyWriter.RefStructAttributeId, argument: null);

        /// <summary>The attribute may stand more than once on the same thing.</summary>
        public void Repeatable(TypeDefinitionHandle type)
        {
            const byte NamedProperty = 0x54;
            const byte BooleanType = 0x02;
            BlobBuilder blob = new();
            blob.WriteUInt16(Prolog);
            blob.WriteInt32(AllTargets);
            blob.WriteUInt16(1);
            blob.WriteByte(NamedProperty);
            blob.WriteByte(BooleanType);
            blob.WriteSerializedString("AllowMultiple");
            blob.WriteBoolean(true);
            Add(type, "System.AttributeUsageAttribute", encoder => _types.Encode(encoder, "System.AttributeTargets"), blob);
        }

        private void Add(EntityHandle parent, string attributeId, string? argument)
        {
            BlobBuilder blob = new();
            blob.WriteUInt16(Prolog);
            if (argument is not null)
            {
                blob.WriteSerializedString(argument);
            }

            blob.WriteUInt16(0);
            Add(parent, attributeId, argument is null ? null : encoder => encoder.String(), blob);
        }

        private void Add(EntityHandle parent, string attributeId, Action<SignatureTypeEncoder>? parameter, BlobBuilder value)
        {
            if (!_constructors.TryGetValue(attributeId, out EntityHandle constructor))
            {
                constructor = _ownConstructor(attributeId) ?? Reference(attributeId, parameter);
                _constructors.Add(attributeId, constructor);
            }

            _metadata.AddCustomAttribute(parent, constructor, _metadata.GetOrAddBlob(value));
        }

        private EntityHandle Reference(string attributeId, Action<SignatureTypeEncoder>? parameter)
        {
            BlobBuilder signature = new();
            new BlobEncoder(signature).MethodSignature(isInstanceMethod: true).Parameters(
                parameter is null ? 0 : 1,
                returns => returns.Void(),
                parameters => parameter?.Invoke(parameters.AddParameter().Type()));
            return _metadata.AddMemberReference(
                _types.Handle(attributeId), _metadata.GetOrAddString(ApiMember.ConstructorName), _metadata.GetOrAddBlob(signature));
        }
    }
}
