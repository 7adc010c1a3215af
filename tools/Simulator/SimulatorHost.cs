using System;
using System.Globalization;
using System.IO;
using MailAppliance.Boards;
using MailAppliance.Configuration;
using MailAppliance.Hal;
using MailAppliance.Hal.Desktop;

namespace MailAppliance.Tools.Simulator
{
    /// <summary>Makes the parts, starts the appliance, turns its loop until a signal comes, and stops it in order.</summary>
    internal sealed class SimulatorHost
    {
        /// <summary>Milliseconds of the longest rest: a signal is seen within them.</summary>
        private const int RestMillisecondsMax = 250;

        // Lines that come while the loop never rests: as many as on a large board.
        private const int LogBlocks = 8;

        private const string LegacyWarning =
            "tls-legacy: TLS 1.0 and 1.1 are taken too, where this system still has them; whoever listens on the network may read such a connection";

        private readonly SimulatorOptions _options;
        private readonly ConfigurationFile _file;
        private readonly TextWriter _output;
        private bool _isStarted;

        /// <summary>Makes a host; touches nothing yet.</summary>
        /// <param name="options">What the command line says.</param>
        /// <param name="output">Takes the greeting and the trace.</param>
        public SimulatorHost(SimulatorOptions options, TextWriter output)
        {
            _options = options;
            _output = output;
            _file = new ConfigurationFile(options, options.Configuration == null ? UserFiles.Home() : string.Empty);
        }

        /// <summary>Runs until a signal.</summary>
        /// <param name="log">Where log lines go.</param>
        /// <param name="view">The live view; null for none.</param>
        /// <exception cref="ToolException">Something is wrong, and nothing was touched.</exception>
        /// <exception cref="OperationCanceledException">A stop was asked for before the card was ready.</exception>
        public void Run(ILog log, LiveView? view)
        {
            using FolderCard logFile = FolderCard.OfFile(Path.Combine(_file.Card, CardLog.FileName));
            var cardLog = new CardLog(logFile, new Crc32(), new DesktopClock(), LogBlocks);
            cardLog.Write(LogSeverity.Notice, "start of the simulator");
            try
            {
                Run(new BothLogs(log, cardLog), cardLog, view);
                cardLog.Write(LogSeverity.Notice, "stopped in order");
            }
            catch (Exception error) when (error is not (ToolException or OperationCanceledException))
            {
                cardLog.Write(LogSeverity.Error, "stopped: " + error);
                throw;
            }
            finally
            {
                // Not where nothing was touched: then there may be no card, or it is somebody else's.
                if (_isStarted)
                {
                    cardLog.Flush();
                }
            }
        }

        private void Run(ILog log, CardLog cardLog, LiveView? view)
        {
            using var signal = new StopSignal();
            ApplianceSettings settings = Settings();
            using CertificateFiles? certificate = settings.UsesTls ? new CertificateFiles(settings, _file.Path) : null;
            var sockets = new DesktopNetwork { Tls = MakeTls(settings, certificate, log) };
            using var card = new FolderCard(_file.Card, makesFolder: true, sockets.TryMakeWakeable() ? sockets.Wake : null);
            INetwork network = sockets;
            INetwork traced = _options.Trace ? new TracingNetwork(network, _output) : network;
            Appliance appliance = Start(settings, traced, card, log, new FormatProgress(_options.Quiet ? null : _output, () => signal.IsAsked), certificate);
            _isStarted = true;
            Greet(settings, appliance, certificate);
            Warn(certificate?.Warning, log);
            Warn(settings.UsesTls && settings.TlsLegacy ? LegacyWarning : null, log);
            Warn(StartText.Warning(appliance.Opening, settings, card.BlockCount), log);
            view?.Open(appliance, settings);
            try
            {
                while (!signal.IsAsked)
                {
                    bool busy = appliance.Poll();
                    cardLog.Turn();
                    if (!busy)
                    {
                        traced.Wait(Math.Min(appliance.RestMilliseconds, RestMillisecondsMax));
                    }

                    view?.Take();
                }
            }
            finally
            {
                view?.Close();
            }

            appliance.Stop();
        }

        private ApplianceSettings Settings()
        {
            ApplianceSettings settings = _file.Read();
            if (_options.Smtp != null)
            {
                settings.SmtpAddress = _options.Smtp.Address;
                settings.SmtpPort = _options.Smtp.Port;
            }

            if (_options.Pop3 != null)
            {
                settings.Pop3Address = _options.Pop3.Address;
                settings.Pop3Port = _options.Pop3.Port;
            }

            if (_options.Smtps != null)
            {
                settings.SmtpsAddress = _options.Smtps.Address;
                settings.SmtpsPort = _options.Smtps.Port;
            }

            if (_options.Pop3s != null)
            {
                settings.Pop3sAddress = _options.Pop3s.Address;
                settings.Pop3sPort = _options.Pop3s.Port;
            }

            if (_options.Quiet)
            {
                settings.LogSeverityMax = Math.Min(settings.LogSeverityMax, LogSeverity.Warning);
            }

            return settings;
        }

        private DesktopTls? MakeTls(ApplianceSettings settings, CertificateFiles? certificate, ILog log)
        {
            if (certificate == null)
            {
                return null;
            }

            try
            {
                certificate.Load();
                return new DesktopTls(certificate.Certificate!, certificate.Chain, settings.TlsLegacy, log);
            }
            catch (ToolException)
            {
                _file.Undo();
                throw;
            }
        }

        private Appliance Start(
            ApplianceSettings settings, INetwork network, ICard card, ILog log, FormatProgress progress, CertificateFiles? certificate)
        {
            string? failure = StartText.Refusal(new MemoryPlan(settings), settings);
            if (failure == null)
            {
                var appliance = new Appliance(settings, network, card, new DesktopClock(), new DesktopEntropy(), new Crc32(), new DesktopKeyedHash(), log);
                appliance.UseLineSearch(new VectorLineSearch());
                int status = appliance.Start(progress);
                if (status == ApplianceStatus.Running)
                {
                    return appliance;
                }

                failure = StartText.Failure(status, appliance, settings);
            }

            certificate?.Undo();
            _file.Undo();
            throw new ToolException(failure);
        }

        private void Greet(ApplianceSettings settings, Appliance appliance, CertificateFiles? certificate)
        {
            if (_options.Quiet)
            {
                return;
            }

            var greeting = new Greeting(
                settings,
                _file,
                new Endpoint(settings.SmtpAddress, appliance.SmtpPort),
                new Endpoint(settings.Pop3Address, appliance.Pop3Port))
            {
                Smtps = settings.SmtpsAddress == null ? null : new Endpoint(settings.SmtpsAddress, appliance.SmtpsPort),
                Pop3s = settings.Pop3sAddress == null ? null : new Endpoint(settings.Pop3sAddress, appliance.Pop3sPort),
                Certificate = certificate,
            };
            foreach (string line in greeting.Lines())
            {
                _output.WriteLine(line);
            }

            _output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"ready          {appliance.Store.Index.Count} messages on the card; Ctrl-C stops"));
            _output.Flush();
        }

        private static void Warn(string? warning, ILog log)
        {
            if (warning != null)
            {
                byte[] line = System.Text.Encoding.UTF8.GetBytes(warning);
                log.Write(LogSeverity.Warning, line, line.Length);
            }
        }
    }
}
