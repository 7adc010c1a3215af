using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MailAppliance.Configuration;

namespace MailAppliance.Tools.Card.Commands
{
    /// <summary><c>password</c>: the line of a maildrop's section for a password that nobody else is to read there.</summary>
    internal static class PasswordCommand
    {
        /// <summary>Iterations unless others are asked for: a second or two of a board's time for each login.</summary>
        public const int IterationsUsual = 10_000;

        private const int SaltOctets = 16;

        /// <summary>Asks for a password and prints its line.</summary>
        /// <param name="console">Is asked, and takes the line.</param>
        /// <param name="iterations">How often PBKDF2 is to hash.</param>
        /// <exception cref="ToolException">No password that can be hashed so.</exception>
        public static void Run(ToolConsole console, int iterations)
        {
            string password = console.Secret("password: ")
                ?? throw new ToolException("password: expected a line on the standard input, found its end");
            byte[] octets = Encoding.UTF8.GetBytes(password);
            if (octets.Length is 0 or > PasswordHash.PasswordOctetsMax || password.Contains('\0', StringComparison.Ordinal))
            {
                throw new ToolException(string.Create(
                    CultureInfo.InvariantCulture, $"password: expected 1 to {PasswordHash.PasswordOctetsMax} octets, found {octets.Length}"));
            }

            console.Text.WriteLine(Line(octets, RandomNumberGenerator.GetBytes(SaltOctets), iterations));
        }

        /// <summary>The line.</summary>
        internal static string Line(byte[] password, byte[] salt, int iterations)
        {
            byte[] hash = Rfc2898DeriveBytes.Pbkdf2(password, salt, iterations, HashAlgorithmName.SHA256, PasswordHash.HashOctets);
            return string.Create(
                CultureInfo.InvariantCulture,
                $"password-hash = pbkdf2-sha256:{iterations}:{Convert.ToBase64String(salt)}:{Convert.ToBase64String(hash)}");
        }
    }
}
