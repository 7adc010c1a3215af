using System.Runtime.CompilerServices;

[assembly: InternalsVisibleTo("NFUnitTest")]
