using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>Reads a compiled assembly for what compiles and breaks on the board.</summary>
    internal sealed class IlCheck
    {
        private const string RefSafetyAttribute = "System.Runtime.CompilerServices.RefSafetyRulesAttribute";

        /// <summary>Below this folder everything may run while mail flows.</summary>
        private const string FirmwareFolder = "firmware/";

        private readonly SourceLocator _locator;
        private readonly ICollection<Finding> _findings;

        private IlCheck(SourceLocator locator, ICollection<Finding> findings)
        {
            _locator = locator;
            _findings = findings;
        }

        /// <summary>Reads an assembly.</summary>
        /// <param name="assembly">The assembly and its symbols.</param>
        /// <param name="locator">Leads back to the sources.</param>
        /// <param name="findings">Takes what is found.</param>
        /// <returns>Octets of code, as the board's tools count them.</returns>
        public static int Run(EmittedAssembly assembly, SourceLocator locator, ICollection<Finding> findings)
        {
            using MemoryStream image = new(assembly.Image);
            using MemoryStream symbols = new(assembly.Symbols);
            ReaderParameters parameters = new()
            {
                ReadSymbols = true,
                SymbolStream = symbols,
                SymbolReaderProvider = new PortablePdbReaderProvider(),
            };
            using ModuleDefinition module = ModuleDefinition.ReadModule(image, parameters);
            IlCheck check = new(locator, findings);
            if (module.CustomAttributes.Any(attribute => attribute.AttributeType.FullName == RefSafetyAttribute))
            {
                check.Report(Rules.CompilerAttribute, locator.Anywhere, string.Empty);
            }

            int octets = ByteCode.Octets(module);
            if (octets > ByteCode.OctetsMax)
            {
                check.Report(Rules.CodeSize, locator.Anywhere, $"{octets} octets of code");
            }

            foreach (TypeDefinition type in module.GetTypes())
            {
                check.CheckType(type);
            }

            return octets;
        }

        private void CheckType(TypeDefinition type)
        {
            // A nested type of a generic one repeats its type parameters.
            if (type.HasGenericParameters && !(type.DeclaringType?.HasGenericParameters ?? false))
            {
                Report(Rules.GenericDefinition, _locator.Place(type), TypeShape.Display(type));
            }

            Report(TypeShape.Broken(type.BaseType), type);
            foreach (InterfaceImplementation contract in type.Interfaces)
            {
                Report(TypeShape.Broken(contract.InterfaceType), type);
            }

            foreach (FieldDefinition field in type.Fields)
            {
                Report(TypeShape.Broken(field.FieldType), field);
            }

            foreach (MethodDefinition method in type.Methods)
            {
                CheckMethod(method);
            }
        }

        private void CheckMethod(MethodDefinition method)
        {
            if (method.HasGenericParameters)
            {
                Report(Rules.GenericDefinition, _locator.Place(method), method.Name);
            }

            if (method.DeclaringType.IsInterface && !method.IsAbstract)
            {
                Report(Rules.InterfaceBody, _locator.Place(method), TypeShape.Display(method.DeclaringType) + "." + method.Name);
            }

            if (method.CallingConvention == MethodCallingConvention.VarArg)
            {
                Report(Rules.TypedReference, _locator.Place(method), method.Name);
            }

            if (method.IsInternalCall || method.IsPInvokeImpl)
            {
                Report(Rules.Extern, _locator.Place(method), method.Name);
            }

            Report(TypeShape.Signature(method), method);
            if (method.HasBody)
            {
                CheckBody(method);
            }
        }

        private void CheckBody(MethodDefinition method)
        {
            HashSet<Rule> reported = [];
            foreach (Instruction instruction in method.Body.Instructions)
            {
                foreach ((Rule rule, string detail) in Broken(instruction))
                {
                    reported.Add(rule);
                    Report(rule, _locator.Place(method, instruction), detail);
                }
            }

            foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
            {
                foreach ((Rule rule, string detail) in TypeShape.Broken(handler.CatchType))
                {
                    Report(rule, _locator.Place(method, handler.HandlerStart), detail);
                }
            }

            // A local has no place of its own, so it speaks only where no instruction did.
            foreach ((Rule rule, string detail) in method.Body.Variables.SelectMany(local => TypeShape.Broken(local.VariableType)))
            {
                if (reported.Add(rule))
                {
                    Report(rule, _locator.Place(method, method.Body.Instructions[0]), detail);
                }
            }
        }

        private static IEnumerable<(Rule Rule, string Detail)> Broken(Instruction instruction)
        {
            if (Opcodes.Broken(instruction.OpCode) is Rule rule)
            {
                yield return (rule, instruction.OpCode.Name);
            }

            if (CallCheck.Broken(instruction) is (Rule, string) call)
            {
                yield return call;
            }

            IEnumerable<(Rule Rule, string Detail)> parts = instruction.Operand switch
            {
                TypeReference type => TypeShape.Broken(type),
                MethodReference method => TypeShape.Broken(method),
                FieldReference field => TypeShape.Broken(field.DeclaringType).Concat(TypeShape.Broken(field.FieldType)),
                CallSite site => TypeShape.Signature(site),
                _ => [],
            };
            foreach ((Rule Rule, string Detail) part in parts)
            {
                yield return part;
            }
        }

        private void Report(IEnumerable<(Rule Rule, string Detail)> broken, IMemberDefinition member)
        {
            foreach ((Rule rule, string detail) in broken)
            {
                Report(rule, _locator.Place(member), detail);
            }
        }

        private void Report(Rule rule, SourcePlace place, string detail)
        {
            // Formatting is slow, not broken: where a board starts, or a test runs, that is no harm.
            bool isError = rule != Rules.Formatting || place.Path.StartsWith(FirmwareFolder, StringComparison.Ordinal);
            _findings.Add(Finding.Of(rule, place, detail, isError));
        }
    }
}
