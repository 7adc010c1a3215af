using System;
using System.IO;
using System.Net;
using System.Net.Sockets;
using System.Threading;
using MailAppliance.Configuration;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;

namespace MailAppliance.Tools.Bench.Rigs
{
    /// <summary>The appliance as the simulator runs it: loopback sockets, a folder as its card, a thread of its own.</summary>
    internal sealed class HostedAppliance : IDisposable
    {
        private readonly string _folder;
        private readonly DesktopNetwork _network = new();
        private readonly FolderCard _card;
        private readonly Appliance _appliance;
        private readonly Thread _thread;
        private long _allocated;
        private volatile bool _stops;
        private Exception? _failure;

        /// <summary>Starts it on an empty card.</summary>
        /// <param name="settings">The configuration; ports that are 0 are chosen by the system.</param>
        /// <param name="parent">The folder in which it makes one for its card.</param>
        internal HostedAppliance(ApplianceSettings settings, string parent)
        {
            _folder = Directory.CreateDirectory(Path.Combine(parent, Guid.NewGuid().ToString("N"))).FullName;
            _card = new FolderCard(_folder, syncEnded: _network.TryMakeWakeable() ? _network.Wake : null);
            _appliance = new Appliance(
                settings, _network, _card, new DesktopClock(), new DesktopEntropy(), new Crc32(), new DesktopKeyedHash(), new StreamLog(Stream.Null, LogSeverity.Notice));
            _appliance.UseLineSearch(new VectorLineSearch());
            int status = _appliance.Start(null!);
            if (status != ApplianceStatus.Running)
            {
                throw new InvalidOperationException("the appliance did not start: " + _appliance.LastError);
            }

            Smtp = new IPEndPoint(IPAddress.Loopback, _appliance.SmtpPort);
            Pop3 = new IPEndPoint(IPAddress.Loopback, _appliance.Pop3Port);
            _thread = new Thread(Loop) { IsBackground = true, Name = "appliance" };
            _thread.Start();
        }

        /// <summary>Where SMTP is.</summary>
        internal IPEndPoint Smtp { get; }

        /// <summary>Where POP3 is.</summary>
        internal IPEndPoint Pop3 { get; }

        /// <summary>Octets that the loop's thread has allocated since it began.</summary>
        internal long AllocatedOctets
        {
            get { return Volatile.Read(ref _allocated); }
        }

        /// <summary>Commits since boot; to be read while nothing is under way.</summary>
        internal int CommitCount
        {
            get { return _appliance.Store.Commits.CommitCount; }
        }

        /// <summary>Syncs since boot, those of superblocks aside; to be read while nothing is under way.</summary>
        internal int SyncCount
        {
            get { return _appliance.Store.ReadBack.SyncCount; }
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            _stops = true;
            Wake();
            _thread.Join();
            _card.Dispose();
            Directory.Delete(_folder, true);
            if (_failure != null)
            {
                throw new InvalidOperationException("the appliance broke", _failure);
            }
        }

        // A newcomer ends the loop's rest.
        private void Wake()
        {
            using var newcomer = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            try
            {
                newcomer.Connect(Smtp);
            }
            catch (SocketException)
            {
                // The loop was not resting: it has stopped, and its door is closed.
            }
        }

        private void Loop()
        {
            try
            {
                while (!_stops)
                {
                    bool busy = _appliance.Poll();
                    Volatile.Write(ref _allocated, GC.GetAllocatedBytesForCurrentThread());
                    if (!busy)
                    {
                        _network.Wait(_appliance.RestMilliseconds);
                    }
                }

                _appliance.Stop();
            }
            catch (Exception error) when (error is InvalidOperationException or SocketException or NullReferenceException)
            {
                _failure = error;
                _stops = true;
            }
        }
    }
}
