using System;
using Microsoft.CodeAnalysis;

namespace MailAppliance.Tools.NanoSurface
{
    /// <summary>A place in a source file.</summary>
    /// <param name="Path">Relative to the repository, with slashes; a folder where no file is to blame.</param>
    /// <param name="Line">Line number, from 1; 0 where the whole file or folder is meant.</param>
    /// <param name="Column">Column number, from 1.</param>
    internal sealed record SourcePlace(string Path, int Line, int Column) : IComparable<SourcePlace>
    {
        /// <summary>A whole file or folder.</summary>
        public static SourcePlace Whole(string path) => new(path, 0, 0);

        /// <summary>A compiler's location; the given path where it is in no file.</summary>
        public static SourcePlace Of(Location location, string path)
        {
            if (!location.IsInSource)
            {
                return Whole(path);
            }

            FileLinePositionSpan span = location.GetLineSpan();
            return new SourcePlace(span.Path, span.StartLinePosition.Line + 1, span.StartLinePosition.Character + 1);
        }

        /// <summary>By file, then by line.</summary>
        public int CompareTo(SourcePlace? other)
        {
            if (other is null)
            {
                return 1;
            }

            int byPath = string.CompareOrdinal(Path, other.Path);
            return byPath != 0 ? byPath : (Line, Column).CompareTo((other.Line, other.Column));
        }

        /// <summary><c>file(line,column)</c>, or the path alone.</summary>
        public override string ToString() => Line == 0 ? Path : $"{Path}({Line},{Column})";
    }
}
