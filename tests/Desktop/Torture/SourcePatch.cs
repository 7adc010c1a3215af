using System;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests.Torture
{
    /// <summary>A few words of a source file, and what stands there instead.</summary>
    internal sealed class SourcePatch
    {
        private readonly string _before;
        private readonly string _after;

        internal SourcePatch(string path, string before, string after)
        {
            Path = path;
            _before = before;
            _after = after;
        }

        /// <summary>The file, from the repository's root.</summary>
        internal string Path { get; }

        /// <summary>The file's text with the fault in it; fails where the words are not there exactly once.</summary>
        internal string ApplyTo(string text)
        {
            int at = text.IndexOf(_before, StringComparison.Ordinal);
            Assert.IsGreaterThanOrEqualTo(0, at, $"{Path} has no '{_before}' any more: find another place for this fault");
            Assert.AreEqual(-1, text.IndexOf(_before, at + 1, StringComparison.Ordinal), $"{Path} has '{_before}' more than once");
            return string.Concat(text.AsSpan(0, at), _after, text.AsSpan(at + _before.Length));
        }
    }
}
