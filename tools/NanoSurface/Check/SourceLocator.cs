using System;
using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Cecil.Rocks;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>Leads from what stands in a compiled assembly back to the line that it came from.</summary>
    /// <remarks>
    /// Code has sequence points. Fields, signatures and types have none: they are found again among the compiler's symbols,
    /// by documentation id.
    /// </remarks>
    internal sealed class SourceLocator
    {
        private readonly string _setName;
        private readonly Dictionary<string, SourcePlace> _places = [];

        /// <summary>Takes down where each symbol is declared.</summary>
        /// <param name="compilation">What the assembly was compiled from.</param>
        /// <param name="setName">Stands for a file where nothing better is found.</param>
        public SourceLocator(CSharpCompilation compilation, string setName)
        {
            _setName = setName;
            AddMembers(compilation.Assembly.GlobalNamespace);
        }

        /// <summary>The whole assembly.</summary>
        public SourcePlace Anywhere => SourcePlace.Whole(_setName);

        /// <summary>The statement that an instruction belongs to.</summary>
        public SourcePlace Place(MethodDefinition method, Instruction instruction)
        {
            SequencePoint? nearest = null;
            foreach (SequencePoint point in Points(method).OrderBy(point => point.Offset))
            {
                // Code that the compiler puts before the first statement counts as the first statement's.
                if (nearest is null || point.Offset <= instruction.Offset)
                {
                    nearest = point;
                }
            }

            return nearest is null ? Place(method) : Of(nearest);
        }

        /// <summary>Where a type or member is declared.</summary>
        public SourcePlace Place(IMemberDefinition member)
        {
            if (Declared(member) is SourcePlace declared)
            {
                return declared;
            }

            // What the compiler made, a lambda's class for one, has no declaration; its code has a place.
            IEnumerable<MethodDefinition> code = member switch
            {
                MethodDefinition method => [method],
                TypeDefinition type => type.Methods,
                _ => member.DeclaringType.Methods,
            };
            SequencePoint? point = code.SelectMany(Points).FirstOrDefault();
            if (point is not null)
            {
                return Of(point);
            }

            return member.DeclaringType is null ? Anywhere : Place(member.DeclaringType);
        }

        private static IEnumerable<SequencePoint> Points(MethodDefinition method)
        {
            return method.DebugInformation.HasSequencePoints ? method.DebugInformation.SequencePoints.Where(point => !point.IsHidden) : [];
        }

        private static SourcePlace Of(SequencePoint point) => new(point.Document.Url, point.StartLine, point.StartColumn);

        private SourcePlace? Declared(IMemberDefinition member)
        {
            string id = DocCommentId.GetDocCommentId(member);
            const string BackingFieldEnd = ">k__BackingField";
            if (member is FieldDefinition && member.Name.EndsWith(BackingFieldEnd, StringComparison.Ordinal))
            {
                id = "P:" + TypeId(member.DeclaringType) + "." + member.Name[1..^BackingFieldEnd.Length];
            }

            // The second form is for a field-like event's field, the third for a signature that the two libraries write differently.
            return _places.GetValueOrDefault(id)
                ?? (member is FieldDefinition ? _places.GetValueOrDefault("E:" + id[2..]) : null)
                ?? _places.GetValueOrDefault(WithoutParameters(id));
        }

        private static string TypeId(TypeDefinition type) => DocCommentId.GetDocCommentId(type)[2..];

        private static string WithoutParameters(string id)
        {
            int open = id.IndexOf('(', StringComparison.Ordinal);
            return open < 0 ? id : id[..open];
        }

        private void AddMembers(INamespaceOrTypeSymbol container)
        {
            foreach (ISymbol symbol in container.GetMembers())
            {
                if (symbol is not INamespaceSymbol)
                {
                    Add(symbol);
                }

                if (symbol is INamespaceOrTypeSymbol inner)
                {
                    AddMembers(inner);
                }
            }
        }

        private void Add(ISymbol symbol)
        {
            Location? location = symbol.Locations.FirstOrDefault(location => location.IsInSource);
            string? id = symbol.GetDocumentationCommentId();
            if (location is not null && id is not null)
            {
                SourcePlace place = SourcePlace.Of(location, _setName);
                _places.TryAdd(id, place);
                _places.TryAdd(WithoutParameters(id), place);
            }
        }
    }
}
