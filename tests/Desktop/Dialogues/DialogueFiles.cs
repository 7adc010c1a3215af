using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace MailAppliance.Tests.Dialogues
{
    /// <summary>The dialogues in <c>tests/Dialogues</c>.</summary>
    public static class DialogueFiles
    {
        private static string Folder => Path.Combine(AppContext.BaseDirectory, "Dialogues");

        /// <summary>Every dialogue in every way that it may be played, for <c>DynamicData</c>.</summary>
        public static IEnumerable<object[]> Plays =>
            Names.SelectMany(name => Load(name).Ways.Select(way => new object[] { name, way }));

        /// <summary>The names of all dialogues, in order.</summary>
        public static IEnumerable<string> Names =>
            Directory.EnumerateFiles(Folder, "*.dialogue").Select(Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal);

        /// <summary>Reads one.</summary>
        /// <param name="name">The file's name.</param>
        /// <returns>The dialogue.</returns>
        public static Dialogue Load(string name) => DialogueParser.Parse(name, File.ReadAllText(Path.Combine(Folder, name)));
    }
}
