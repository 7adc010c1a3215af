using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using MailAppliance.Tools.Bench.Report;
using MailAppliance.Tools.Bench.Rigs;

namespace MailAppliance.Tools.Bench.Measures
{
    /// <summary>What the appliance takes of a core while nothing happens, and how soon it greets who comes then.</summary>
    internal sealed class RestMeasure : IMeasure
    {
        /// <inheritdoc/>
        public string Name
        {
            get { return "rest"; }
        }

        /// <inheritdoc/>
        public string Summary
        {
            get { return "share of a core at rest, and time to the greeting of a new connection"; }
        }

        /// <inheritdoc/>
        public void Run(FigureTable table, Effort effort)
        {
            var figures = new List<Figure>();
            using var host = new HostedAppliance(BenchConfiguration.Large("64M"), effort.Folder);
            Greet(host.Smtp);
            Greet(host.Pop3);

            // One connection that says nothing, as a mail client leaves one.
            using Socket silent = Connect(host.Pop3);
            Thread.Sleep(3000);
            figures.Add(Figure.AtMost("% of a core, at rest", Rest(effort.Choose(10, 3)), 1, 3));
            figures.Add(Greetings("SMTP", host.Smtp, effort.Choose(50, 10)));
            figures.Add(Greetings("POP3", host.Pop3, effort.Choose(50, 10)));
            table.Print("At rest", figures);
        }

        private static double Rest(int seconds)
        {
            using Process self = Process.GetCurrentProcess();
            TimeSpan before = self.TotalProcessorTime;
            long start = Stopwatch.GetTimestamp();
            Thread.Sleep(seconds * 1000);
            self.Refresh();
            return 100 * (self.TotalProcessorTime - before) / Stopwatch.GetElapsedTime(start);
        }

        private static Figure Greetings(string service, IPEndPoint server, int count)
        {
            var times = new Series();
            for (int round = 0; round < count; round++)
            {
                // The appliance is to have gone to rest again.
                Thread.Sleep(60);
                times.Add(Greet(server).TotalMilliseconds);
            }

            return Figure.AtMost($"ms to the greeting of {service}, the longest of {count} (median {Figure.Text(times.Median, 2)})", times.Highest, 20, 2);
        }

        private static TimeSpan Greet(IPEndPoint server)
        {
            long start = Stopwatch.GetTimestamp();
            using Socket socket = Connect(server);
            byte[] greeting = new byte[512];
            return socket.Receive(greeting) > 0 ? Stopwatch.GetElapsedTime(start) : throw new IOException("no greeting");
        }

        private static Socket Connect(IPEndPoint server)
        {
            var socket = new Socket(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
            socket.Connect(server);
            return socket;
        }
    }
}
