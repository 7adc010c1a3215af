using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using Mono.Cecil;
using Mono.Collections.Generic;

namespace MailAppliance.Tools.NanoSurface.Tests
{
    /// <summary>Prints an assembly's surface in the form of the lists, read with another library than the one that wrote it.</summary>
    internal static class SurfacePrinter
    {
        public static IEnumerable<string> Print(ModuleDefinition module)
        {
            return module.GetTypes().Where(type => type.IsPublic || type.IsNestedPublic).SelectMany(Print);
        }

        private static IEnumerable<string> Print(TypeDefinition type)
        {
            IEnumerable<string> bases = type.Interfaces.Select(contract => Id(contract.InterfaceType));
            if (type.BaseType is not null)
            {
                bases = bases.Prepend(Id(type.BaseType));
            }

            yield return $"T:{Id(type)} [{Kind(type)}] : {string.Join(", ", bases)}";
            foreach (FieldDefinition field in type.Fields.Where(field => field.IsPublic || field.IsFamily))
            {
                yield return $"F:{Id(type)}.{field.Name}~{Id(field.FieldType)}" + Marks(Marks(field));
            }

            foreach (MethodDefinition method in type.Methods.Where(IsVisible))
            {
                string name = $"M:{Id(type)}.{method.Name.Replace('.', '#')}{Parameters(method.Parameters)}~{Id(method.ReturnType)}";
                yield return name + Marks(Marks(method));
            }

            foreach (PropertyDefinition property in type.Properties)
            {
                string getter = property.GetMethod is null ? string.Empty : "get;";
                string setter = property.SetMethod is null ? string.Empty : "set;";
                string name = $"P:{Id(type)}.{property.Name}{Parameters(property.Parameters)}~{Id(property.PropertyType)}";
                yield return $"{name} {{{getter}{setter}}}";
            }

            foreach (EventDefinition @event in type.Events)
            {
                yield return $"E:{Id(type)}.{@event.Name}~{Id(@event.EventType)}";
            }
        }

        private static bool IsVisible(MethodDefinition method) => method.IsPublic || method.IsFamily;

        private static string Kind(TypeDefinition type)
        {
            return type.BaseType?.FullName switch
            {
                "System.Enum" => "enum",
                "System.ValueType" => "struct",
                "System.MulticastDelegate" => "delegate",
                _ when type.IsInterface => "interface",
                _ when type.IsAbstract && type.IsSealed => "static class",
                _ when type.IsAbstract => "abstract class",
                _ when type.IsSealed => "sealed class",
                _ => "class",
            };
        }

        private static IEnumerable<string> Marks(FieldDefinition field)
        {
            if (field.IsFamily)
            {
                yield return "[protected]";
            }

            if (field.IsLiteral)
            {
                yield return "[const]=" + Constant(field.Constant);
            }
            else if (field.IsStatic)
            {
                yield return "[static]";
            }

            if (field.IsInitOnly)
            {
                yield return "[readonly]";
            }
        }

        private static IEnumerable<string> Marks(MethodDefinition method)
        {
            if (method.IsFamily)
            {
                yield return "[protected]";
            }

            if (method.IsStatic)
            {
                yield return "[static]";
            }

            if (method.IsInternalCall)
            {
                yield return "[native]";
            }

            if (method.IsVirtual && !method.IsFinal)
            {
                yield return method.IsAbstract ? "[abstract]" : method.IsNewSlot ? "[virtual]" : "[override]";
            }

            if (method.Parameters.Any(parameter => Has(parameter, "System.ParamArrayAttribute")))
            {
                yield return "[params]";
            }

            foreach (ParameterDefinition parameter in method.Parameters.Where(parameter => parameter.IsOptional))
            {
                string value = parameter.Constant is char character ? character.ToString() : Constant(parameter.Constant);
                yield return $"[optional:{parameter.Index + 1}={value}]";
            }

            foreach (CustomAttribute attribute in method.CustomAttributes)
            {
                yield return attribute.AttributeType.FullName == "System.Diagnostics.ConditionalAttribute"
                    ? $"[conditional:{attribute.ConstructorArguments[0].Value}]"
                    : attribute.AttributeType.FullName;
            }
        }

        private static bool Has(ParameterDefinition parameter, string attribute)
        {
            return parameter.CustomAttributes.Any(candidate => candidate.AttributeType.FullName == attribute);
        }

        private static string Marks(IEnumerable<string> marks)
        {
            StringBuilder text = new();
            foreach (string mark in marks)
            {
                text.Append(' ').Append(mark);
            }

            return text.ToString();
        }

        private static string Constant(object? value)
        {
            return value switch
            {
                null => "\"null\"",
                string text => $"\"{text}\"",
                char character => $"0x{(int)character:X4}",
                IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
                _ => value.ToString()!,
            };
        }

        private static string Parameters(Collection<ParameterDefinition> parameters)
        {
            return parameters.Count == 0 ? string.Empty : $"({string.Join(',', parameters.Select(Parameter))})";
        }

        private static string Parameter(ParameterDefinition parameter)
        {
            return parameter.ParameterType is ByReferenceType reference
                ? Id(reference.ElementType) + (parameter.IsOut ? "@out" : "@")
                : Id(parameter.ParameterType);
        }

        private static string Id(TypeReference type)
        {
            return type switch
            {
                GenericParameter parameter => "`" + parameter.Position,
                ArrayType array => Id(array.ElementType) + "[]",
                _ => type.FullName.Replace('/', '.'),
            };
        }
    }
}
