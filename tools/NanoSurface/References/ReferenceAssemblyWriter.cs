using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>Writes one list as a reference assembly: the types and signatures that a compiler needs, and no bodies.</summary>
    /// <remarks>
    /// Metadata tables are written directly, since no compiler can be talked into compiling the core library from signatures
    /// alone. The tables have an order: a type's fields and methods stand together, in the order of the types.
    /// </remarks>
    internal sealed class ReferenceAssemblyWriter
    {
        /// <summary>
        /// Marks a ref struct. The board's core library holds it as an internal type, put there by the compiler, so no list
        /// has it.
        /// </summary>
        public const string RefStructAttributeId = "System.Runtime.CompilerServices.IsByRefLikeAttribute";

        private const string EnumValueField = "value__";

        private readonly ApiAssembly _assembly;
        private readonly NanoApi _api;
        private readonly MetadataBuilder _metadata = new();
        private readonly List<ApiType> _order;
        private readonly MetadataTypes _types;
        private readonly MethodFlags _flags;
        private readonly AttributeWriter _attributes;
        private readonly Dictionary<ApiMember, MethodDefinitionHandle> _methods = [];

        private ReferenceAssemblyWriter(ApiAssembly assembly, NanoApi api)
        {
            _assembly = assembly;
            _api = api;
            _order = [.. assembly.Types];
            if (assembly.Name == NanoApi.CoreAssemblyName)
            {
                _order.Add(RefStructAttribute());
            }

            _types = new MetadataTypes(_metadata, api, _order);
            _flags = new MethodFlags(api);
            _attributes = new AttributeWriter(_metadata, _types, OwnConstructor);
            foreach (ApiMember method in _order.SelectMany(Methods))
            {
                _methods.Add(method, MetadataTokens.MethodDefinitionHandle(_methods.Count + 1));
            }
        }

        /// <summary>What every reference assembly calls its version; nothing is loaded by it.</summary>
        public static Version Version { get; } = new(1, 0, 0, 0);

        /// <summary>Writes an assembly.</summary>
        /// <param name="assembly">Its list.</param>
        /// <param name="api">All lists, for the types of other assemblies.</param>
        /// <returns>The assembly's file, the same octets for the same lists.</returns>
        public static byte[] Write(ApiAssembly assembly, NanoApi api) => new ReferenceAssemblyWriter(assembly, api).Write();

        private static ApiType RefStructAttribute()
        {
            ApiType type = new()
            {
                Id = RefStructAttributeId,
                Kind = ApiTypeKind.SealedClass,
                BaseId = "System.Attribute",
                InterfaceIds = [],
                AssemblyName = NanoApi.CoreAssemblyName,
            };
            type.Add(new ApiMember
            {
                Kind = ApiMemberKind.Method,
                DeclaringTypeId = RefStructAttributeId,
                Name = ApiMember.ConstructorName,
                Parameters = [],
                TypeId = "System.Void",
            });
            return type;
        }

        private static IEnumerable<ApiMember> Methods(ApiType type) => type.Members.Where(member => member.Kind == ApiMemberKind.Method);

        private byte[] Write()
        {
            WriteHeader();
            foreach (ApiType type in _order)
            {
                WriteType(type);
            }

            // Tables that refer to types must have the types' order, so each is a turn of its own.
            foreach (ApiType type in _order)
            {
                TypeDefinitionHandle handle = _types.Definition(type);
                foreach (string contract in type.InterfaceIds)
                {
                    _metadata.AddInterfaceImplementation(handle, _types.Handle(contract));
                }

                if (type.DeclaringType is not null)
                {
                    _metadata.AddNestedType(handle, _types.Definition(type.DeclaringType));
                }

                for (int index = 0; index < type.Arity; index++)
                {
                    StringHandle name = _metadata.GetOrAddString("T" + (index + 1));
                    _metadata.AddGenericParameter(handle, GenericParameterAttributes.None, name, index);
                }

                WriteTypeAttributes(type, handle);
            }

            BlobBuilder file = new();
            ManagedPEBuilder builder = new(
                PEHeaderBuilder.CreateLibraryHeader(),
                new MetadataRootBuilder(_metadata),
                ilStream: new BlobBuilder(),
                deterministicIdProvider: _ => new BlobContentId(StableId(), stamp: 1));
            builder.Serialize(file);
            return file.ToArray();
        }

        private Guid StableId() => new(SHA256.HashData(Encoding.UTF8.GetBytes(_assembly.Name)).AsSpan(0, 16));

        private void WriteHeader()
        {
            StringHandle name = _metadata.GetOrAddString(_assembly.Name);
            StringHandle module = _metadata.GetOrAddString("<Module>");
            _metadata.AddModule(0, _metadata.GetOrAddString(_assembly.Name + ".dll"), _metadata.GetOrAddGuid(StableId()), default, default);
            _metadata.AddAssembly(name, Version, culture: default, publicKey: default, flags: default, AssemblyHashAlgorithm.None);
            _metadata.AddTypeDefinition(
                default, default, module, default, MetadataTokens.FieldDefinitionHandle(1), MetadataTokens.MethodDefinitionHandle(1));
        }

        private void WriteType(ApiType type)
        {
            _metadata.AddTypeDefinition(
                TypeFlags(type),
                _metadata.GetOrAddString(type.Namespace),
                _metadata.GetOrAddString(type.Name),
                type.BaseId is null ? default : _types.Handle(type.BaseId),
                MetadataTokens.FieldDefinitionHandle(_metadata.GetRowCount(TableIndex.Field) + 1),
                MetadataTokens.MethodDefinitionHandle(_metadata.GetRowCount(TableIndex.MethodDef) + 1));
            foreach (ApiMember field in type.Members.Where(member => member.Kind == ApiMemberKind.Field))
            {
                WriteField(type, field);
            }

            if (Supplement.NeedsHiddenField(type))
            {
                BlobBuilder signature = new();
                new BlobEncoder(signature).FieldSignature().Int32();
                StringHandle name = _metadata.GetOrAddString("_state");
                _metadata.AddFieldDefinition(FieldAttributes.Private, name, _metadata.GetOrAddBlob(signature));
            }

            foreach (ApiMember method in Methods(type))
            {
                WriteMethod(type, method);
            }

            WriteProperties(type);
            WriteEvents(type);
        }

        private static TypeAttributes TypeFlags(ApiType type)
        {
            TypeAttributes visibility = type.DeclaringType is not null ? TypeAttributes.NestedPublic
                : type.Id == RefStructAttributeId ? TypeAttributes.NotPublic : TypeAttributes.Public;
            return visibility | type.Kind switch
            {
                ApiTypeKind.AbstractClass => TypeAttributes.Abstract,
                ApiTypeKind.SealedClass or ApiTypeKind.Enum or ApiTypeKind.Delegate => TypeAttributes.Sealed,
                ApiTypeKind.StaticClass => TypeAttributes.Abstract | TypeAttributes.Sealed,
                ApiTypeKind.Interface => TypeAttributes.Interface | TypeAttributes.Abstract,
                ApiTypeKind.Struct when type.IsValueType => TypeAttributes.Sealed | TypeAttributes.SequentialLayout,
                ApiTypeKind.Struct => TypeAttributes.Abstract,
                _ => TypeAttributes.Class,
            };
        }

        private void WriteField(ApiType type, ApiMember field)
        {
            FieldAttributes flags = field.IsProtected ? FieldAttributes.Family : FieldAttributes.Public;
            if (field.ConstantText is not null)
            {
                flags |= FieldAttributes.Static | FieldAttributes.Literal | FieldAttributes.HasDefault;
            }
            else if (type.Kind == ApiTypeKind.Enum && field.Name == EnumValueField)
            {
                flags |= FieldAttributes.SpecialName | FieldAttributes.RTSpecialName;
            }

            flags |= field.IsStatic ? FieldAttributes.Static : default;
            flags |= field.IsReadOnly ? FieldAttributes.InitOnly : default;
            BlobBuilder signature = new();
            _types.Encode(new BlobEncoder(signature).FieldSignature(), field.TypeId);
            FieldDefinitionHandle handle = _metadata.AddFieldDefinition(
                flags, _metadata.GetOrAddString(field.Name), _metadata.GetOrAddBlob(signature));
            if (field.ConstantText is not null)
            {
                _metadata.AddConstant(handle, ConstantText.Parse(field.ConstantText, Underlying(field.TypeId)));
            }
        }

        /// <summary>The type of an enumeration's values, and of every other type itself.</summary>
        private string Underlying(string typeId)
        {
            ApiMember? value = _api.Find(typeId)?.Members.FirstOrDefault(member => member.Name == EnumValueField);
            return value?.TypeId ?? typeId;
        }

        private void WriteMethod(ApiType type, ApiMember method)
        {
            BlobBuilder signature = new();
            new BlobEncoder(signature).MethodSignature(isInstanceMethod: !method.IsStatic).Parameters(
                method.Parameters.Count,
                returns => EncodeReturn(returns, method.TypeId),
                parameters => EncodeParameters(parameters, method));
            MethodDefinitionHandle handle = _metadata.AddMethodDefinition(
                _flags.Attributes(type, method),
                MethodFlags.Implementation(type, method),
                _metadata.GetOrAddString(method.Name),
                _metadata.GetOrAddBlob(signature),
                bodyOffset: -1,
                MetadataTokens.ParameterHandle(_metadata.GetRowCount(TableIndex.Param) + 1));
            for (int index = 0; index < method.Parameters.Count; index++)
            {
                WriteParameter(method, index);
            }

            if (method.ConditionalSymbol is not null)
            {
                _attributes.Conditional(handle, method.ConditionalSymbol);
            }
        }

        private void WriteParameter(ApiMember method, int index)
        {
            ApiParameter parameter = method.Parameters[index];
            ParameterAttributes flags = parameter.IsOut ? ParameterAttributes.Out : ParameterAttributes.None;
            if (parameter.DefaultText is not null)
            {
                flags |= ParameterAttributes.Optional | ParameterAttributes.HasDefault;
            }

            ParameterHandle handle = _metadata.AddParameter(flags, _metadata.GetOrAddString("argument" + (index + 1)), index + 1);
            if (parameter.DefaultText is not null)
            {
                _metadata.AddConstant(handle, ConstantText.Parse(parameter.DefaultText, Underlying(parameter.TypeId)));
            }

            if (method.HasParamArray && index == method.Parameters.Count - 1)
            {
                _attributes.ParamArray(handle);
            }
        }

        private void EncodeReturn(ReturnTypeEncoder encoder, string typeId)
        {
            if (typeId == "System.Void")
            {
                encoder.Void();
            }
            else
            {
                _types.Encode(encoder.Type(), typeId);
            }
        }

        private void EncodeParameters(ParametersEncoder encoder, ApiMember member)
        {
            foreach (ApiParameter parameter in member.Parameters)
            {
                _types.Encode(encoder.AddParameter().Type(parameter.IsByReference), parameter.TypeId);
            }
        }

        private void WriteProperties(ApiType type)
        {
            PropertyDefinitionHandle first = default;
            foreach (ApiMember property in type.Members.Where(member => member.Kind == ApiMemberKind.Property))
            {
                ApiMember? getter = property.HasGetter ? Accessor(type, "get_", property) : null;
                ApiMember? setter = property.HasSetter ? Accessor(type, "set_", property) : null;
                bool isStatic = (getter ?? setter)!.IsStatic;
                BlobBuilder signature = new();
                new BlobEncoder(signature).PropertySignature(isInstanceProperty: !isStatic).Parameters(
                    property.Parameters.Count,
                    returns => EncodeReturn(returns, property.TypeId),
                    parameters => EncodeParameters(parameters, property));
                PropertyDefinitionHandle handle = _metadata.AddProperty(
                    PropertyAttributes.None, _metadata.GetOrAddString(property.Name), _metadata.GetOrAddBlob(signature));
                AddSemantics(handle, MethodSemanticsAttributes.Getter, getter);
                AddSemantics(handle, MethodSemanticsAttributes.Setter, setter);
                first = first.IsNil ? handle : first;
            }

            if (!first.IsNil)
            {
                _metadata.AddPropertyMap(_types.Definition(type), first);
            }
        }

        private void WriteEvents(ApiType type)
        {
            EventDefinitionHandle first = default;
            foreach (ApiMember @event in type.Members.Where(member => member.Kind == ApiMemberKind.Event))
            {
                EventDefinitionHandle handle = _metadata.AddEvent(
                    EventAttributes.None, _metadata.GetOrAddString(@event.Name), _types.Handle(@event.TypeId));
                AddSemantics(handle, MethodSemanticsAttributes.Adder, Accessor(type, "add_", @event));
                AddSemantics(handle, MethodSemanticsAttributes.Remover, Accessor(type, "remove_", @event));
                first = first.IsNil ? handle : first;
            }

            if (!first.IsNil)
            {
                _metadata.AddEventMap(_types.Definition(type), first);
            }
        }

        private void AddSemantics(EntityHandle association, MethodSemanticsAttributes kind, ApiMember? accessor)
        {
            if (accessor is not null)
            {
                _metadata.AddMethodSemantics(association, kind, _methods[accessor]);
            }
        }

        private static ApiMember Accessor(ApiType type, string prefix, ApiMember member)
        {
            return Methods(type).FirstOrDefault(method => method.Name == prefix + member.Name
                && method.Parameters.Take(member.Parameters.Count).SequenceEqual(member.Parameters))
                ?? throw new FormatException($"nano-api: no {prefix}{member.Name} in {type.Id}");
        }

        private void WriteTypeAttributes(ApiType type, TypeDefinitionHandle handle)
        {
            ApiMember? indexer = type.Members.FirstOrDefault(
                member => member.Kind == ApiMemberKind.Property && member.Parameters.Count > 0);
            if (indexer is not null)
            {
                _attributes.DefaultMember(handle, indexer.Name);
            }

            if (Supplement.IsRefStruct(type))
            {
                _attributes.RefStruct(handle);
            }

            if (Supplement.IsRepeatableAttribute(type))
            {
                _attributes.Repeatable(handle);
            }
        }

        private MethodDefinitionHandle? OwnConstructor(string attributeId)
        {
            ApiType? type = _order.FirstOrDefault(candidate => candidate.Id == attributeId);
            return type is null ? null : _methods[Methods(type).First(method => method.IsConstructor)];
        }
    }
}
