using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>All the lists of <c>nano-api/</c> together, as they were built into this assembly.</summary>
    internal sealed class NanoApi
    {
        /// <summary>The assembly with the core types.</summary>
        public const string CoreAssemblyName = "mscorlib";

        private const string ResourcePrefix = "nano-api/";
        private const string ResourceSuffix = ".txt";

        private static readonly Lazy<NanoApi> s_board = new(Load);

        private readonly Dictionary<string, ApiType> _types;

        /// <summary>Takes lists together.</summary>
        /// <exception cref="ArgumentException">Two lists hold a type of the same name.</exception>
        public NanoApi(IReadOnlyList<ApiAssembly> assemblies)
        {
            Assemblies = assemblies;
            _types = assemblies.SelectMany(assembly => assembly.Types).ToDictionary(type => type.Id);
        }

        /// <summary>The board's surface.</summary>
        public static NanoApi Board => s_board.Value;

        /// <summary>One for each list.</summary>
        public IReadOnlyList<ApiAssembly> Assemblies { get; }

        /// <summary>The type of that documentation id; null where no list holds it.</summary>
        public ApiType? Find(string id) => _types.GetValueOrDefault(id);

        /// <summary>The type of that documentation id.</summary>
        /// <exception cref="FormatException">No list holds it.</exception>
        public ApiType Get(string id) => Find(id) ?? throw new FormatException("nano-api: a type that no list holds: " + id);

        private static NanoApi Load()
        {
            Assembly self = typeof(NanoApi).Assembly;
            List<ApiAssembly> assemblies = [];
            foreach (string resource in self.GetManifestResourceNames().Order(StringComparer.Ordinal))
            {
                if (!resource.StartsWith(ResourcePrefix, StringComparison.Ordinal))
                {
                    continue;
                }

                using StreamReader reader = new(self.GetManifestResourceStream(resource)!);
                string[] lines = reader.ReadToEnd().Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
                assemblies.Add(ApiListParser.Parse(resource[ResourcePrefix.Length..^ResourceSuffix.Length], lines));
            }

            return new NanoApi(assemblies);
        }
    }
}
