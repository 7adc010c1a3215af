namespace MailAppliance.Tests.Tidy
{
    /// <summary>A clause's id beside what proves it: <c>// [27]</c> in a test, <c># [27]</c> in a dialogue.</summary>
    /// <param name="Clause">The clause's id: 1 to 98, or D1 and so on.</param>
    /// <param name="Place">
    /// The dialogue's path; <c>Class.Test</c>; <c>Class.</c> where it stands in no test but in what the class's tests use; empty in a
    /// class that has no tests.
    /// </param>
    /// <param name="Path">The file.</param>
    /// <param name="Line">Its line, from 1.</param>
    internal sealed record Mark(string Clause, string Place, string Path, int Line);
}
