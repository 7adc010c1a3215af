using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net.Sockets;
using System.Text;
using Microsoft.VisualStudio.TestTools.UnitTesting;

namespace MailAppliance.Tests
{
    /// <summary>A simulator in a process of its own, with a user's data directory of its own.</summary>
    internal sealed class SimulatorProcess : IDisposable
    {
        private readonly Process _process;
        private readonly ProcessWatchdog _watchdog;
        private readonly List<string> _lines = new();

        /// <summary>Starts one.</summary>
        /// <param name="home">The data directory.</param>
        /// <param name="arguments">Its arguments.</param>
        public SimulatorProcess(string home, params string[] arguments)
        {
            var start = new ProcessStartInfo("dotnet")
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
                WorkingDirectory = home,
            };
            start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "MailAppliance.Simulator.dll"));
            foreach (string argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            start.Environment["XDG_DATA_HOME"] = home;
            start.Environment["LOCALAPPDATA"] = home;
            _process = Process.Start(start)!;
            _watchdog = new ProcessWatchdog(_process);
        }

        public int SmtpPort { get; private set; }

        public int Pop3Port { get; private set; }

        /// <summary>What it printed until it was ready.</summary>
        public IReadOnlyList<string> Lines
        {
            get { return _lines; }
        }

        /// <summary>Reads until it is ready.</summary>
        public SimulatorProcess Ready()
        {
            string? line;
            do
            {
                line = _process.StandardOutput.ReadLine();
                if (line == null)
                {
                    throw new AssertFailedException("did not start: " + _process.StandardError.ReadToEnd());
                }

                _lines.Add(line);
            }
            while (!line.StartsWith("ready", StringComparison.Ordinal));

            SmtpPort = Port("SMTP ");
            Pop3Port = Port("POP3 ");
            return this;
        }

        /// <summary>The value of a line of the greeting.</summary>
        public string Value(string name)
        {
            return _lines.First(line => line.StartsWith(name, StringComparison.Ordinal)).Substring(15);
        }

        /// <summary>Asks for a stop in order.</summary>
        public void Terminate()
        {
            using Process kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
            kill.WaitForExit();
        }

        /// <summary>Ends it as a power cut does.</summary>
        public void Kill()
        {
            _process.Kill();
            _process.WaitForExit();
        }

        /// <summary>Waits for its end.</summary>
        public (int ExitCode, string Output, string Error) End()
        {
            System.Threading.Tasks.Task<string> error = _process.StandardError.ReadToEndAsync();
            string output = _process.StandardOutput.ReadToEnd();
            _process.WaitForExit();
            return (_process.ExitCode, output, error.Result);
        }

        /// <summary>Sends octets, ends the client's side where asked, and reads until the simulator closes or a text has come.</summary>
        public static string Talk(int port, string text, string? until = null)
        {
            using var client = new TcpClient("127.0.0.1", port);
            NetworkStream stream = client.GetStream();
            stream.Write(Encoding.Latin1.GetBytes(text));
            var answer = new StringBuilder();
            byte[] buffer = new byte[4096];
            int count;
            while ((until == null || !answer.ToString().Contains(until, StringComparison.Ordinal)) && (count = stream.Read(buffer)) > 0)
            {
                answer.Append(Encoding.Latin1.GetString(buffer, 0, count));
            }

            return answer.ToString();
        }

        public void Dispose()
        {
            if (!_process.HasExited)
            {
                Kill();
            }

            _watchdog.Dispose();
            _process.Dispose();
        }

        private int Port(string name)
        {
            string value = Value(name);
            return int.Parse(value.AsSpan(value.LastIndexOf(':') + 1), NumberStyles.None, CultureInfo.InvariantCulture);
        }
    }
}
