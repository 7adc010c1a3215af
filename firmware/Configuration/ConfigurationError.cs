namespace MailAppliance.Configuration
{
    /// <summary>What is wrong with a configuration, and where.</summary>
    public sealed class ConfigurationError
    {
        /// <summary>Makes an error.</summary>
        /// <param name="line">The line's number, from 1.</param>
        /// <param name="message">What was expected there, for a person.</param>
        public ConfigurationError(int line, string message)
        {
            Line = line;
            Message = message;
        }

        /// <summary>The line's number, from 1; the last line where something is missing from the whole file.</summary>
        public readonly int Line;

        /// <summary>The key or section, what was expected and what was found; never a password.</summary>
        public readonly string Message;

        /// <summary>Both: <c>line 7: smtp-port: expected a port number from 1 to 65535, found "x"</c>.</summary>
        /// <returns>The text.</returns>
        public override string ToString()
        {
            return "line " + Line.ToString() + ": " + Message;
        }
    }
}
