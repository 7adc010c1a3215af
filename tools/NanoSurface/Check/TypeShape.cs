using System;
using System.Collections.Generic;
using Mono.Cecil;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>Takes a type apart, as a signature or an instruction names it, and tells which of its parts the board can't run.</summary>
    internal static class TypeShape
    {
        /// <summary>The rules that a type breaks, with the part that breaks each.</summary>
        public static IEnumerable<(Rule Rule, string Detail)> Broken(TypeReference? type)
        {
            switch (type)
            {
                case null or GenericParameter:
                    // A type parameter belongs to a definition, which is reported.
                    break;

                case ArrayType array:
                    if (!array.IsVector)
                    {
                        yield return (Rules.MultiDimensionalArray, Display(array));
                    }

                    foreach ((Rule Rule, string Detail) part in Broken(array.ElementType))
                    {
                        yield return part;
                    }

                    break;

                case GenericInstanceType generic:
                    yield return (Rules.GenericUse, Display(generic));
                    foreach (TypeReference argument in generic.GenericArguments)
                    {
                        foreach ((Rule Rule, string Detail) part in Broken(argument))
                        {
                            yield return part;
                        }
                    }

                    break;

                case PointerType or FunctionPointerType:
                    yield return (Rules.Unsafe, Display(type));
                    break;

                case TypeSpecification wrapped:
                    // By reference, pinned, or with a modifier.
                    foreach ((Rule Rule, string Detail) part in Broken(wrapped.ElementType))
                    {
                        yield return part;
                    }

                    break;

                default:
                    if (type.FullName is "System.TypedReference" or "System.RuntimeArgumentHandle")
                    {
                        yield return (Rules.TypedReference, Display(type));
                    }
                    else if (type.HasGenericParameters || type.Name.Contains('`', StringComparison.Ordinal))
                    {
                        yield return (Rules.GenericUse, Display(type));
                    }

                    break;
            }
        }

        /// <summary>The rules that a call breaks by the types in its signature, by being generic, or by an argument list.</summary>
        public static IEnumerable<(Rule Rule, string Detail)> Broken(MethodReference method)
        {
            if (method is GenericInstanceMethod generic)
            {
                yield return (Rules.GenericUse, Display(generic.DeclaringType) + "." + generic.Name);
            }

            if (method.CallingConvention == MethodCallingConvention.VarArg)
            {
                yield return (Rules.TypedReference, method.Name);
            }

            foreach ((Rule Rule, string Detail) part in Broken(method.DeclaringType))
            {
                yield return part;
            }

            foreach ((Rule Rule, string Detail) part in Signature(method))
            {
                yield return part;
            }
        }

        /// <summary>The same for a method's return and parameter types alone.</summary>
        public static IEnumerable<(Rule Rule, string Detail)> Signature(IMethodSignature method)
        {
            foreach ((Rule Rule, string Detail) part in Broken(method.ReturnType))
            {
                yield return part;
            }

            foreach (ParameterDefinition parameter in method.Parameters)
            {
                foreach ((Rule Rule, string Detail) part in Broken(parameter.ParameterType))
                {
                    yield return part;
                }
            }
        }

        /// <summary>A type's name as a person writes it.</summary>
        public static string Display(TypeReference type)
        {
            return type.FullName.Replace("0...", string.Empty, StringComparison.Ordinal).Replace('/', '.');
        }
    }
}
