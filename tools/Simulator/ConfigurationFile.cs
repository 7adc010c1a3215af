using System;
using System.IO;
using System.Security.Cryptography;
using System.Text;
using MailAppliance.Configuration;

namespace MailAppliance.Tools.Simulator
{
    /// <summary>
    /// The configuration and where the card is. The user's own configuration is made at the first start, with a random password;
    /// one that was named on the command line must be there.
    /// </summary>
    internal sealed class ConfigurationFile
    {
        // No 0, 1, l, o: a password is read from a screen and typed into a telephone.
        private const string PasswordCharacters = "abcdefghijkmnpqrstuvwxyz23456789";

        private readonly string? _card;
        private readonly bool _isOwn;

        /// <summary>Finds the paths; touches nothing.</summary>
        /// <param name="options">What the command line says.</param>
        /// <param name="home">The folder of the user's own files.</param>
        public ConfigurationFile(SimulatorOptions options, string home)
        {
            _isOwn = options.Configuration == null;
            _card = options.Card;
            Path = System.IO.Path.GetFullPath(options.Configuration ?? System.IO.Path.Combine(home, UserFiles.Configuration));
        }

        /// <summary>The configuration file.</summary>
        public string Path { get; }

        /// <summary>The card's folder.</summary>
        public string Card
        {
            get { return System.IO.Path.GetFullPath(_card ?? System.IO.Path.Combine(Folder, UserFiles.Card)); }
        }

        /// <summary>Whether the file was made by this start.</summary>
        public bool IsNew { get; private set; }

        private string Folder
        {
            get { return System.IO.Path.GetDirectoryName(Path) ?? "."; }
        }

        /// <summary>Reads the configuration, made at the first start.</summary>
        /// <returns>The settings.</returns>
        /// <exception cref="ToolException">It can't be read, or something in it is wrong.</exception>
        public ApplianceSettings Read()
        {
            byte[] octets = Load();
            var reader = new ConfigurationReader(new ConfigurationDefaults
            {
                Any = "profile large|smtp-address 127.0.0.1|smtp-port 2525|pop3-address 127.0.0.1|pop3-port 1100|tls yes",
            });
            return reader.Read(octets, 0, octets.Length) ?? throw new ToolException($"{Path}, {reader.Error}");
        }

        /// <summary>Takes back what this start has made: the appliance did not come up.</summary>
        public void Undo()
        {
            if (!IsNew)
            {
                return;
            }

            try
            {
                File.Delete(Path);
                if (Directory.GetFileSystemEntries(Folder).Length == 0)
                {
                    Directory.Delete(Folder);
                }
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // A configuration with a password that nobody has used is left behind: no harm.
            }
        }

        private byte[] Load()
        {
            try
            {
                if (!File.Exists(Path) && _isOwn)
                {
                    Make();
                }

                return File.ReadAllBytes(Path);
            }
            catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
            {
                throw new ToolException($"there is no {Path}", error);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                throw new ToolException($"{Path} can't be read or made: {error.Message}", error);
            }
        }

        private void Make()
        {
            PrivateFile.Write(Path, Encoding.UTF8.GetBytes(FirstText()));
            IsNew = true;
        }

        private static string FirstText()
        {
            string password = RandomNumberGenerator.GetString(PasswordCharacters, 16);
            return "# Made by the simulator at its first start. Every key there is: appliance.example.ini.\n"
                + "[appliance]\n"
                + "host = mail.lan\n"
                + "domains = lan\n"
                + "\n"
                + "[maildrop alice]\n"
                + $"password = {password}\n"
                + "addresses = alice, *\n";
        }
    }
}
