using System;
using System.Collections.Generic;
using System.Linq;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>Reads one list of <c>nano-api/</c>; its README describes the lines.</summary>
    /// <remarks>
    /// Strict on purpose: a mark it does not know would otherwise vanish, and the check would go on against another surface
    /// than the board's.
    /// </remarks>
    internal static class ApiListParser
    {
        /// <summary>Reads a list.</summary>
        /// <param name="assemblyName">The assembly that the list describes.</param>
        /// <param name="lines">Its lines.</param>
        /// <exception cref="FormatException">A line that is not understood, or a member of a type that is not listed.</exception>
        public static ApiAssembly Parse(string assemblyName, IReadOnlyList<string> lines)
        {
            List<string> used = [.. lines.Where(line => line.Trim().Length > 0)];
            Dictionary<string, ApiType> types = [];
            foreach (string line in used.Where(line => line.StartsWith("T:", StringComparison.Ordinal)))
            {
                ApiType type = ParseType(assemblyName, line);
                types.Add(type.Id, type);
            }

            foreach (ApiType type in types.Values)
            {
                int dot = type.Id.LastIndexOf('.');
                type.DeclaringType = dot < 0 ? null : types.GetValueOrDefault(type.Id[..dot]);
            }

            foreach (string line in used.Where(line => !line.StartsWith("T:", StringComparison.Ordinal)))
            {
                ApiMember member = ParseMember(line);
                if (!types.TryGetValue(member.DeclaringTypeId, out ApiType? type))
                {
                    throw Unknown(line, "its type is not in the list");
                }

                type.Add(member);
            }

            return new ApiAssembly(assemblyName, [.. types.Values.OrderBy(Depth)], used);
        }

        private static int Depth(ApiType type) => type.DeclaringType is null ? 0 : 1 + Depth(type.DeclaringType);

        // T:System.IO.File [static class] : System.Object, System.IDisposable
        private static ApiType ParseType(string assemblyName, string line)
        {
            int open = line.IndexOf(" [", StringComparison.Ordinal);
            int close = line.IndexOf("] :", StringComparison.Ordinal);
            if (open < 0 || close < open)
            {
                throw Unknown(line, "a type needs its kind and its base");
            }

            ApiTypeKind kind = line[(open + 2)..close] switch
            {
                "class" => ApiTypeKind.Class,
                "abstract class" => ApiTypeKind.AbstractClass,
                "sealed class" => ApiTypeKind.SealedClass,
                "static class" => ApiTypeKind.StaticClass,
                "struct" => ApiTypeKind.Struct,
                "enum" => ApiTypeKind.Enum,
                "interface" => ApiTypeKind.Interface,
                "delegate" => ApiTypeKind.Delegate,
                _ => throw Unknown(line, "kind of type not known"),
            };
            const StringSplitOptions Tidy = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
            List<string> bases = [.. line[(close + 3)..].Split(',', Tidy)];
            bool hasBase = kind != ApiTypeKind.Interface && bases.Count > 0;
            return new ApiType
            {
                Id = line[2..open],
                Kind = kind,
                BaseId = hasBase ? bases[0] : null,
                InterfaceIds = hasBase ? bases[1..] : bases,
                AssemblyName = assemblyName,
            };
        }

        // M:System.IO.File.Open(System.String,System.IO.FileMode)~System.IO.FileStream [static]
        private static ApiMember ParseMember(string line)
        {
            ApiMemberKind kind = line[..2] switch
            {
                "F:" => ApiMemberKind.Field,
                "M:" => ApiMemberKind.Method,
                "P:" => ApiMemberKind.Property,
                "E:" => ApiMemberKind.Event,
                _ => throw Unknown(line, "a line begins with T: F: M: P: or E:"),
            };
            int tilde = line.IndexOf('~', StringComparison.Ordinal);
            if (tilde < 0)
            {
                throw Unknown(line, "a member needs ~ and a type");
            }

            string id = line[2..tilde];
            int space = line.IndexOf(' ', tilde);
            string typeId = space < 0 ? line[(tilde + 1)..] : line[(tilde + 1)..space];
            string marks = space < 0 ? string.Empty : line[(space + 1)..];
            int open = id.IndexOf('(', StringComparison.Ordinal);
            string path = open < 0 ? id : id[..open];
            int dot = path.LastIndexOf('.');
            if (dot < 0 || (open >= 0 && id[^1] != ')'))
            {
                throw Unknown(line, "not a member's id");
            }

            List<ApiParameter> parameters = open < 0 ? [] : [.. id[(open + 1)..^1].Split(',').Select(ParseParameter)];
            ApiMember member = new()
            {
                Kind = kind,
                DeclaringTypeId = path[..dot],
                Name = path[(dot + 1)..].Replace('#', '.'),
                Parameters = parameters,
                TypeId = typeId,
            };
            ParseMarks(line, marks, member, parameters);
            return member;
        }

        private static ApiParameter ParseParameter(string text)
        {
            int at = text.IndexOf('@', StringComparison.Ordinal);
            return at < 0
                ? new ApiParameter(text, IsByReference: false, IsOut: false, DefaultText: null)
                : new ApiParameter(text[..at], IsByReference: true, IsOut: text[at..] == "@out", DefaultText: null);
        }

        private static void ParseMarks(string line, string marks, ApiMember member, List<ApiParameter> parameters)
        {
            int position = 0;
            while (position < marks.Length)
            {
                if (marks[position] == ' ')
                {
                    position++;
                    continue;
                }

                // A constant's value is the rest of the line: a string may hold anything.
                const string Constant = "[const]=";
                if (marks.AsSpan(position).StartsWith(Constant, StringComparison.Ordinal))
                {
                    member.ConstantText = marks[(position + Constant.Length)..];
                    return;
                }

                int end = marks.IndexOf(marks[position] == '{' ? '}' : ']', position);
                if (end < 0)
                {
                    throw Unknown(line, "a mark without end");
                }

                if (!Apply(marks[position..(end + 1)], member, parameters))
                {
                    throw Unknown(line, "mark not known: " + marks[position..(end + 1)]);
                }

                position = end + 1;
            }
        }

        private static bool Apply(string mark, ApiMember member, List<ApiParameter> parameters)
        {
            const string Optional = "[optional:";
            const string Conditional = "[conditional:";
            if (mark.StartsWith(Conditional, StringComparison.Ordinal))
            {
                member.ConditionalSymbol = mark[Conditional.Length..^1];
                return true;
            }

            if (mark.StartsWith(Optional, StringComparison.Ordinal))
            {
                int equals = mark.IndexOf('=', StringComparison.Ordinal);
                int index = int.Parse(mark[Optional.Length..equals]) - 1;
                parameters[index] = parameters[index] with { DefaultText = mark[(equals + 1)..^1] };
                return true;
            }

            switch (mark)
            {
                case "[protected]": member.IsProtected = true; return true;
                case "[static]": member.IsStatic = true; return true;
                case "[readonly]": member.IsReadOnly = true; return true;
                case "[native]": member.IsNative = true; return true;
                case "[virtual]": member.IsVirtual = true; return true;
                case "[override]": member.IsOverride = true; return true;
                case "[abstract]": member.IsAbstract = true; return true;
                case "[params]": member.HasParamArray = true; return true;
                case "{get;}": member.HasGetter = true; return true;
                case "{set;}": member.HasSetter = true; return true;
                case "{get;set;}": member.HasGetter = member.HasSetter = true; return true;
                default: return false;
            }
        }

        private static FormatException Unknown(string line, string why) => new($"nano-api: {why}: {line}");
    }
}
