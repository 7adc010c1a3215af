using System;
using System.IO;
using System.Text;
using System.Threading;
using MailAppliance.Configuration;
using MailAppliance.Hal;
using MailAppliance.Hal.Nano;
using nanoFramework.Runtime.Native;

namespace MailAppliance.Boards
{
    /// <summary>
    /// Runs the appliance on an ESP32 board with an SD card. It starts whatever is missing: card, network, date and configuration.
    /// What ends it restarts the board.
    /// </summary>
    public sealed class BoardHost : NanoHost
    {
        /// <summary>The profile of a board without PSRAM.</summary>
        public const string Small = "small";

        /// <summary>The profile of a board with PSRAM.</summary>
        public const string Large = "large";

        private const string CardConfiguration = SdCard.Root + "appliance.ini";
        private const string InternalConfiguration = "I:\\appliance.ini";

        // A card needs a moment after power-on; one that is there answers the first time or the second.
        private const int MountAttempts = 3;
        private const int SecondMilliseconds = 1000;

        // A refusal stays to be read, and then the board looks whether somebody has mended its cause.
        private const int RefusalMinutes = 5;

        // After a fault the senders should not wait long; but a board that fails at once again should not do so without a pause.
        private const int FaultSeconds = 10;
        private const int EarlyFaultSeconds = 60;
        private const int EarlyMilliseconds = 120000;

        // The button, held at the start.
        private const int HeldMilliseconds = 3000;
        private const int HeldStepMilliseconds = 50;

        // What the board has beside the firmware's plan; measured on the interpreter: the log's file and counters, the panel, the panel with its
        // pages, letters and transfer.
        private const int LogOctets = 1008;
        private const int LogBlockOctets = LogBlock.BlockOctets + 16;
        private const int LightOctets = 420;
        private const int DisplayOctets = 2320;

        // Blocks of the log that wait for the card: more where there is PSRAM.
        private const int SmallLogBlocks = 2;
        private const int LargeLogBlocks = 8;

        private readonly SdCard _card;
        private readonly bool _hasPsram;
        private readonly NetworkWatch _network = new NetworkWatch();
        private readonly RestartFile _restart = new RestartFile();
        private readonly CardLog _log;
        private readonly BoardIndicator _indicator;
        private Appliance _appliance;
        private Condition _condition;
        private Panel _panel;
        private string _addressShown;

        /// <summary>Makes a host; touches nothing yet.</summary>
        /// <param name="profile"><see cref="Small"/> or <see cref="Large"/>, unless the configuration says otherwise.</param>
        /// <param name="card">The card.</param>
        /// <param name="indicator">Light, display and button; null for none.</param>
        public BoardHost(string profile, SdCard card, BoardIndicator indicator)
            : base(null, DefaultsOf(profile), card)
        {
            _card = card;
            _indicator = indicator;
            _log = new CardLog(card.Log, new NanoChecksum(), new NanoClock(), profile == Small ? SmallLogBlocks : LargeLogBlocks);
            _hasPsram = profile == Large;
        }

        /// <inheritdoc/>
        protected override bool WaitsForCard
        {
            get { return true; }
        }

        /// <inheritdoc/>
        protected override void Begin()
        {
            Console.WriteLine("notice  " + SystemInfo.TargetName + ", firmware " + SystemInfo.Version.ToString());
            PrintMemory();
            _restart.Begin(_log);
            new BoardWatch(this, _network).Start();
        }

        /// <summary>The card's file, else that in internal flash, else one that is written there now.</summary>
        /// <returns>The file's path.</returns>
        protected override string FindConfiguration()
        {
            bool isMounted = MountCard();
            if (!isMounted)
            {
                Console.WriteLine("warning " + _card.LastError);
            }

            bool wantsPassword = IsHeld();
            string path = CardConfiguration;
            if (!isMounted || !IsFile(path))
            {
                path = InternalConfiguration;
                if (wantsPassword && IsFile(path))
                {
                    ForgetFirst();
                }

                // A card that comes later and brings a configuration is started on, not gone on with.
                _card.StartFile = CardConfiguration;
                if (!IsFile(path))
                {
                    WriteFirst();
                }

                ShowPassword();
            }

            Console.WriteLine("notice  configuration: " + path);
            return path;
        }

        /// <summary>TLS where the configuration asks for it and the board has PSRAM; where it has none the start is refused.</summary>
        /// <param name="settings">The configuration.</param>
        /// <returns>TLS; null for none.</returns>
        protected override NanoTls MakeTls(ApplianceSettings settings)
        {
            if (!settings.UsesTls)
            {
                return null;
            }

            if (!_hasPsram)
            {
                Console.WriteLine("error   tls: this board has no PSRAM, and no room for TLS");
                return null;
            }

            if (settings.TlsCertificate != null)
            {
                Console.WriteLine("warning tls-certificate: a board takes the certificate it was provisioned with");
            }

            if (settings.TlsLegacy)
            {
                Console.WriteLine("warning tls-legacy: TLS 1.0 and 1.1 are asked for, where the firmware still has them");
            }

            Console.WriteLine("warning tls: while a client begins TLS everybody else waits, also where he falls silent in it");
            return new BoardTls(settings.TlsLegacy);
        }

        /// <inheritdoc/>
        protected override void Starting(Appliance appliance, ApplianceSettings settings)
        {
            _appliance = appliance;
            _restart.Tell(appliance.Notices);
            if (_indicator != null)
            {
                _condition = new Condition(appliance, settings);
                _panel = new Panel(_indicator, _condition);
            }
        }

        /// <inheritdoc/>
        protected override ILog MakeLog(int severityMax)
        {
            return new BothLogs(base.MakeLog(severityMax), _log);
        }

        /// <inheritdoc/>
        protected override void Idle()
        {
            if (!_appliance.CardWatch.IsGone)
            {
                _log.Turn();
            }

            if (_panel != null)
            {
                _panel.Turn(Environment.TickCount64);
            }
        }

        /// <inheritdoc/>
        protected override void Look(NanoNetwork network)
        {
            if (_card.WantsStart)
            {
                Restart(StartCause.Owner, "a card with " + CardConfiguration + " was put in");
            }

            if (_network.WantsReboot)
            {
                Restart(StartCause.Network, "there was no network for half an hour");
            }

            // A loop that never rests has a log and a light all the same.
            if (_condition != null && _network.Address != _addressShown)
            {
                _addressShown = _network.Address;
                _condition.SetAddress(_addressShown);
            }

            Idle();
            _restart.Look();

            if (_network.IsRenewed || network.IsBroken)
            {
                _network.IsRenewed = !network.ReopenListeners();
            }
        }

        /// <inheritdoc/>
        protected override void Stopped(string reason, bool isFault)
        {
            try
            {
                int cause = !isFault ? StartCause.Refusal : IsOfMemory(reason) ? StartCause.Memory : StartCause.Fault;
                RestartFile.Write(cause, reason);
                _log.Write(LogSeverity.Error, "stopped: " + reason);
                _log.Flush();
                if (_indicator != null)
                {
                    StopPage.Show(_indicator, reason);
                }

                if (isFault)
                {
                    Console.WriteLine("error   stopped: " + reason);
                    Thread.Sleep((Environment.TickCount64 < EarlyMilliseconds ? EarlyFaultSeconds : FaultSeconds) * SecondMilliseconds);
                }

                for (int minute = 0; minute < RefusalMinutes && !isFault; minute++)
                {
                    Console.WriteLine("error   stopped: " + reason);
                    Thread.Sleep(60 * SecondMilliseconds);
                }
            }
            catch (Exception)
            {
                // No memory for words: the restart gives it back.
            }

            Power.RebootDevice();
        }

        // Beside the table of the firmware's plan, which comes later; most of it is taken already, and no part of the heap that is free then.
        private void PrintMemory()
        {
            Console.WriteLine("memory  log on the card: 1 x " + (LogOctets + (LogBlockOctets * (_log.RamBlocks + 1))).ToString());
            if (_indicator != null)
            {
                Console.WriteLine("memory  light and display: 1 x " + (_indicator.LineCount > 0 ? DisplayOctets : LightOctets).ToString());
            }
        }

        private static ConfigurationDefaults DefaultsOf(string profile)
        {
            ConfigurationDefaults defaults = new ConfigurationDefaults();
            defaults.Any = "profile " + profile;
            return defaults;
        }

        private bool MountCard()
        {
            for (int attempt = 1; attempt < MountAttempts; attempt++)
            {
                if (_card.Mount())
                {
                    return true;
                }

                Thread.Sleep(SecondMilliseconds);
            }

            return _card.Mount();
        }

        // One that a power cut left empty is none.
        private static bool IsFile(string path)
        {
            try
            {
                return File.Exists(path) && new FileInfo(path).Length > 0;
            }
            catch (Exception)
            {
                return false;
            }
        }

        // Held all the time, so that no one who only leans on it changes anything. The light says that it is seen.
        private bool IsHeld()
        {
            if (_indicator == null || !_indicator.IsPressed)
            {
                return false;
            }

            _indicator.SetLight(true);
            int waited = 0;
            while (waited < HeldMilliseconds && _indicator.IsPressed)
            {
                Thread.Sleep(HeldStepMilliseconds);
                waited += HeldStepMilliseconds;
            }

            _indicator.SetLight(false);
            return waited >= HeldMilliseconds;
        }

        // A file that somebody else wrote stays.
        private static void ForgetFirst()
        {
            if (FirstPassword().Length > 0)
            {
                Console.WriteLine("notice  button: the first configuration is made anew");
                File.Delete(InternalConfiguration);
            }
            else
            {
                Console.WriteLine("warning button: " + InternalConfiguration + " is not the board's own, and stays");
            }
        }

        private static string FirstPassword()
        {
            byte[] file = File.ReadAllBytes(InternalConfiguration);
            return FirstConfiguration.PasswordIn(Encoding.UTF8.GetString(file, 0, file.Length));
        }

        // On its own, so that what it needs is gone before the buffers are made.
        private static void WriteFirst()
        {
            byte[] random = new byte[FirstConfiguration.PasswordOctets];
            new NanoEntropy().Fill(random, 0, random.Length);
            string password = FirstConfiguration.Password(random);
            File.WriteAllBytes(InternalConfiguration, Encoding.UTF8.GetBytes(FirstConfiguration.Text(password)));
            Console.WriteLine("notice  first start: wrote " + InternalConfiguration);
        }

        // At each start: whoever connects a cable after the first one has to see it too.
        private static void ShowPassword()
        {
            string password = FirstPassword();
            if (password.Length > 0)
            {
                Console.WriteLine("notice  first configuration: POP3 user " + FirstConfiguration.Maildrop + ", password " + password);
            }
        }

        // What NanoHost writes of an OutOfMemoryException, or where there was no memory even for that.
        private static bool IsOfMemory(string reason)
        {
            return reason.IndexOf("OutOfMemoryException") >= 0 || reason == "out of memory";
        }

        private void Restart(int cause, string reason)
        {
            Console.WriteLine("warning restart: " + reason);
            RestartFile.Write(cause, reason);
            _log.Write(LogSeverity.Warning, "restart: " + reason);
            _log.Flush();

            // The line has to leave the serial port first.
            Thread.Sleep(SecondMilliseconds);
            Power.RebootDevice();
        }
    }
}
