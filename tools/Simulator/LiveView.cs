using System;
using System.Diagnostics;
using System.Threading;
using MailAppliance.Configuration;
using MailAppliance.Hal;
using Spectre.Console;

namespace MailAppliance.Tools.Simulator
{
    /// <summary>Slots, maildrops, ring and last events on a terminal. Drawn by a thread of its own: drawing must not hold up mail.</summary>
    internal sealed class LiveView : IDisposable
    {
        private const int EventsMax = 12;
        private const int PauseMilliseconds = 250;

        private static readonly long s_pauseTicks = Stopwatch.Frequency * PauseMilliseconds / 1000;

        private readonly EventList _events = new(EventsMax);
        private readonly ViewSnapshot _snapshot = new();
        private readonly Lock _lock = new();
        private readonly ManualResetEventSlim _closing = new();
        private Appliance? _appliance;
        private ApplianceSettings? _settings;
        private Thread? _thread;
        private long _takenAt;

        /// <summary>Where log lines go.</summary>
        public ILog Log
        {
            get { return _events; }
        }

        /// <summary>Begins to draw.</summary>
        /// <param name="appliance">The appliance, which runs.</param>
        /// <param name="settings">Its configuration.</param>
        public void Open(Appliance appliance, ApplianceSettings settings)
        {
            _appliance = appliance;
            _settings = settings;
            Take();
            _thread = new Thread(Draw) { IsBackground = true, Name = "view" };
            _thread.Start();
        }

        /// <summary>Copies what is to be drawn, now and then; called by the loop between two turns.</summary>
        public void Take()
        {
            long now = Stopwatch.GetTimestamp();
            if (now - _takenAt < s_pauseTicks)
            {
                return;
            }

            _takenAt = now;
            lock (_lock)
            {
                _snapshot.Take(_appliance!, _settings!, _events);
            }
        }

        /// <summary>Draws a last time and ends.</summary>
        public void Close()
        {
            _closing.Set();
            _thread?.Join();
            _thread = null;
        }

        /// <inheritdoc/>
        public void Dispose()
        {
            Close();
            _closing.Dispose();
        }

        private void Draw()
        {
            int drawn = 0;
            AnsiConsole.Live(new Grid()).Start(context =>
            {
                do
                {
                    Grid? picture = Render(ref drawn);
                    if (picture != null)
                    {
                        context.UpdateTarget(picture);
                        context.Refresh();
                    }
                }
                while (!_closing.Wait(PauseMilliseconds));
            });
        }

        /// <summary>The picture; null where the one that was drawn is still right.</summary>
        private Grid? Render(ref int drawn)
        {
            lock (_lock)
            {
                if (_snapshot.Version == drawn)
                {
                    return null;
                }

                drawn = _snapshot.Version;
                return ViewLayout.Render(_snapshot);
            }
        }
    }
}
